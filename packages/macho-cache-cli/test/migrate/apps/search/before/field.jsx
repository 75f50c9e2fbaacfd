export const Field = ({ value, onChange }) => (
  <input aria-label="search" value={value} onChange={event => onChange(event.target.value)} />
)

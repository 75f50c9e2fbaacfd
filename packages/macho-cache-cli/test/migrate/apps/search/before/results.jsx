import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'

export function Results({ text }) {
  const client = useQueryClient()
  const { data, isPlaceholderData, isFetching, fetchStatus } = useQuery({
    queryKey: ['search', text],
    enabled: text.length > 1,
    placeholderData: keepPreviousData,
    staleTime: 60000,
  })
  if (!data) return <p>{fetchStatus === 'idle' ? 'Type two letters' : 'Searching'}</p>
  return (
    <div>
      <ul style={{ opacity: isPlaceholderData ? 0.5 : 1 }}>
        {data.map(each => <li key={each}>{each}</li>)}
      </ul>
      <small>{isFetching ? 'searching' : `${data.length} found`}</small>
      <button onClick={() => client.refetchQueries({ queryKey: ['search', text], exact: true })}>Again</button>
    </div>
  )
}

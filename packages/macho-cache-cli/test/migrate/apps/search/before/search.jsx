import { useState } from 'react'
import { Field } from './field'
import { Results } from './results'

export function Search() {
  const [text, setText] = useState('')
  return (
    <main>
      <Field value={text} onChange={setText} />
      <Results text={text} />
    </main>
  )
}

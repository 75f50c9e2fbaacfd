import { QueryClientProvider } from '@tanstack/react-query'
import { client } from './client'
import { Search } from './search'

export const App = () => (
  <QueryClientProvider client={client}>
    <Search />
  </QueryClientProvider>
)

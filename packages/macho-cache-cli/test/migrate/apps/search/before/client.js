import { QueryClient } from '@tanstack/react-query'

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      // All of the app's data comes from one place.
      queryFn: async ({ queryKey: [path, text], signal }) => {
        const response = await fetch(`/api/${path}?q=${text}`, { signal })
        return response.json()
      },
      retry: false,
    },
  },
})

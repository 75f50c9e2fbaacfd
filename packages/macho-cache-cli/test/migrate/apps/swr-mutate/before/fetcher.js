export const fetcher = (...args) =>
  fetch(...args).then((response) => {
    if (!response.ok) throw new Error(`Not loaded: ${response.status}`);
    return response.json();
  });

export const post = (url, body) => fetcher(url, { method: "POST", body: JSON.stringify(body) });

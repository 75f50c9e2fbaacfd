const get = async (path) => (await fetch(path)).json();

export const loadJob = (id) => get(`/api/jobs/${id}`);
export const loadServer = (name) => get(`/api/servers/${name}`);

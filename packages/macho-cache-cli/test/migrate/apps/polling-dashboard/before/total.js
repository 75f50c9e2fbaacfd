export const total = (results) => ({
	load: results.reduce((sum, { data }) => sum + (data?.load ?? 0), 0),
	isPending: results.some((result) => result.isPending),
});

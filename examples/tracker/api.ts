import type { Issue, Move } from "./board.ts";
import type { Comment, IssueDetail } from "./server/issues.ts";
import type { Settings } from "./server/lab.ts";

/** Begins the key of everything about issues. */
export const issuesKey = ["issues"] as const;
/** Begins the keys of all lists. */
export const listsKey = ["issues", "list"] as const;
export const labKey = ["lab"] as const;

type ListKey = readonly ["issues", "list", { readonly assignee: string | undefined }];
type IssueKey = readonly ["issues", "detail", number];

/** @param assignee `undefined` for everybody's issues */
export const listKey = (assignee?: string): ListKey => ["issues", "list", { assignee }];
export const issueKey = (id: number): IssueKey => ["issues", "detail", id];

interface Context {
  readonly signal: AbortSignal;
}

export function fetchList([, , { assignee }]: ListKey, { signal }: Context): Promise<readonly Issue[]> {
  const query = assignee === undefined ? "" : `?${new URLSearchParams({ assignee })}`;
  return request(`issues${query}`, { signal });
}

export function fetchIssue([, , id]: IssueKey, { signal }: Context): Promise<IssueDetail> {
  return request(`issues/${id}`, { signal });
}

export function fetchLab(_key: typeof labKey, { signal }: Context): Promise<Settings> {
  return request("lab", { signal });
}

export function sendMove(move: Move, { signal }: Context): Promise<void> {
  return post("moves", move, signal);
}

export function sendComment(id: number, text: string, { signal }: Context): Promise<Comment> {
  return post(`issues/${id}/comments`, { text }, signal);
}

export function sendLab(settings: Partial<Settings>, { signal }: Context): Promise<Settings> {
  return post("lab", settings, signal);
}

function post<T>(path: string, body: object, signal: AbortSignal): Promise<T> {
  return request(path, { method: "POST", body: JSON.stringify(body), signal });
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`/api/${path}`, init);
  const body: unknown = await response.json();
  // The server is this example's own, in ./server, and shares its types.
  if (response.ok) return body as T;
  throw new Error((body as { error: string }).error);
}

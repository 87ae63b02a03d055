/** What several components add to one request before it is serialised. Later values replace earlier ones; clashes are errors of RequestOption. */
export interface RequestParts {
  params: Record<string, unknown>;
  headers: Record<string, unknown>;
  /** Form fields (`request_body_data`), or a whole text body. */
  bodyData: Record<string, unknown> | string | undefined;
  bodyJson: Record<string, unknown> | unknown[] | undefined;
}

export function emptyParts(): RequestParts {
  return { params: {}, headers: {}, bodyData: undefined, bodyJson: undefined };
}

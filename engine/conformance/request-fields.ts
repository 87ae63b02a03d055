// Fields of a requester, by what they write into a request.

export const bodyFields: readonly string[] = ['request_body', 'request_body_json', 'request_body_data'];

/** What is asked for: parameters and bodies. */
export const questionFields: readonly string[] = ['request_parameters', ...bodyFields];

/** All whose keys are the names of an API. */
export const namedFields: readonly string[] = ['request_parameters', 'request_headers', ...bodyFields];

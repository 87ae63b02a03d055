import type { OutgoingRequest } from '../../language/families.ts';

/** Sets a header whatever the case of the name it may already have. */
export function setHeader(request: OutgoingRequest, name: string, value: string): void {
  const lower = name.toLowerCase();
  for (const known of Object.keys(request.headers)) {
    if (known.toLowerCase() === lower) delete request.headers[known];
  }
  request.headers[name] = value;
}

export function headerOf(request: OutgoingRequest, name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.entries(request.headers).find(([known]) => known.toLowerCase() === lower)?.[1];
}

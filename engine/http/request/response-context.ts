import type { HttpResponse } from '../../contract/http-response.ts';
import { PyHeaders } from '../../template/python-values.ts';
import type { TemplateContext } from '../../template/template.ts';

/** What an error handler's templates see of a response. A body that is not JSON is an empty mapping. */
export async function responseTemplateContext(response: HttpResponse): Promise<TemplateContext> {
  return {
    response: await response.json().catch(() => ({})),
    headers: new PyHeaders(Object.fromEntries(response.headers.entries())),
    request_url: bareUrl(response.url),
  };
}

/** Without query, fragment and credentials: error messages show it. */
function bareUrl(url: string): string {
  if (!URL.canParse(url)) return '';
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

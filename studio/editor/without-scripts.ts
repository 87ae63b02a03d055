const kept = new Set([
  'P',
  'PRE',
  'CODE',
  'STRONG',
  'B',
  'EM',
  'I',
  'UL',
  'OL',
  'LI',
  'BR',
  'SPAN',
  'H1',
  'H2',
  'H3',
  'BLOCKQUOTE',
]);

/** HTML with nothing but text and its emphasis: descriptions come from manifests that somebody else may have written. */
export function withoutScripts(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of [...body.querySelectorAll('*')].reverse()) {
    if (!kept.has(element.tagName)) element.replaceWith(...(isText(element) ? element.childNodes : []));
    else for (const { name } of [...element.attributes]) if (name !== 'class') element.removeAttribute(name);
  }
  return body.innerHTML;
}

function isText({ tagName }: Element): boolean {
  return !['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT'].includes(tagName);
}

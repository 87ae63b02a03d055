import { printed } from '../../../kit/printed.ts';

describe('links', () => {
  it.each([
    [
      '"see www.example.com." | urlize',
      'see <a href="https://www.example.com" rel="noopener">www.example.com</a>.',
    ],
    [
      '"see https://example.com/a?b=c&d now" | urlize',
      'see <a href="https://example.com/a?b=c&amp;d" rel="noopener">https://example.com/a?b=c&amp;d</a> now',
    ],
    [
      '"(https://example.com)" | urlize',
      '(<a href="https://example.com" rel="noopener">https://example.com</a>)',
    ],
    [
      '"<https://example.com>" | urlize',
      '&lt;<a href="https://example.com" rel="noopener">https://example.com</a>&gt;',
    ],
    [
      '"example.org and example.nope" | urlize',
      '<a href="https://example.org" rel="noopener">example.org</a> and example.nope',
    ],
    [
      '"http://127.0.0.1:8080/x" | urlize',
      '<a href="http://127.0.0.1:8080/x" rel="noopener">http://127.0.0.1:8080/x</a>',
    ],
    ['"https://[::1]/x" | urlize', '<a href="https://[::1]/x" rel="noopener">https://[::1]/x</a>'],
    [
      '"mail me@example.com, please" | urlize',
      'mail <a href="mailto:me@example.com">me@example.com</a>, please',
    ],
    ['"mailto:me@example.com" | urlize', '<a href="mailto:me@example.com">me@example.com</a>'],
    ['"me@nodot" | urlize', 'me@nodot'],
    [
      '"https://example.com/very/long/path" | urlize(15)',
      '<a href="https://example.com/very/long/path" rel="noopener">https://example...</a>',
    ],
    [
      '"https://example.com/very/long/path" | urlize(trim_url_limit=50)',
      '<a href="https://example.com/very/long/path" rel="noopener">https://example.com/very/long/path</a>',
    ],
    [
      '"https://example.com" | urlize(nofollow=true)',
      '<a href="https://example.com" rel="nofollow noopener">https://example.com</a>',
    ],
    [
      '"https://example.com" | urlize(target="_blank")',
      '<a href="https://example.com" rel="noopener" target="_blank">https://example.com</a>',
    ],
    [
      '"https://example.com" | urlize(rel="me")',
      '<a href="https://example.com" rel="me noopener">https://example.com</a>',
    ],
    [
      '"https://example.com" | urlize(rel="me noopener")',
      '<a href="https://example.com" rel="me noopener">https://example.com</a>',
    ],
    [
      '"https://example.com" | urlize(none, true, "_self", "a b")',
      '<a href="https://example.com" rel="a b nofollow noopener" target="_self">https://example.com</a>',
    ],
    [
      '"https://example.com." | urlize',
      '<a href="https://example.com" rel="noopener">https://example.com</a>.',
    ],
    [
      '"https://example.com, https://example.org!" | urlize',
      '<a href="https://example.com" rel="noopener">https://example.com</a>, https://example.org!',
    ],
    [
      '"https://example.com/a_(b)" | urlize',
      '<a href="https://example.com/a_(b)" rel="noopener">https://example.com/a_(b)</a>',
    ],
    [
      '"a <b> www.example.com" | urlize',
      'a &lt;b&gt; <a href="https://www.example.com" rel="noopener">www.example.com</a>',
    ],
    [
      '"a\\nhttps://example.com\\tb" | urlize',
      'a\n<a href="https://example.com" rel="noopener">https://example.com</a>\tb',
    ],
    ['"ftp://example.com" | urlize', 'ftp://example.com'],
    ['"tel:123" | urlize(extra_schemes=["tel:"])', '<a href="tel:123" rel="noopener">tel:123</a>'],
    ['"" | urlize', ''],
    ['5 | urlize', '5'],
    ['"WWW.EXAMPLE.COM" | urlize', '<a href="https://WWW.EXAMPLE.COM" rel="noopener">WWW.EXAMPLE.COM</a>'],
    [
      '"https://example.com/&lt;" | urlize',
      '<a href="https://example.com/&amp;lt;" rel="noopener">https://example.com/&amp;lt;</a>',
    ],
    [
      '"(www.example.com))" | urlize',
      '(<a href="https://www.example.com" rel="noopener">www.example.com</a>))',
    ],
    [
      '"((www.example.com" | urlize',
      '((<a href="https://www.example.com" rel="noopener">www.example.com</a>',
    ],
    ['"https://a.com/b" | urlize(15)', '<a href="https://a.com/b" rel="noopener">https://a.com/b</a>'],
    ['"https://a.com/bc" | urlize(15)', '<a href="https://a.com/bc" rel="noopener">https://a.com/b...</a>'],
    ['"https://a.com/xyz" | urlize(15)', '<a href="https://a.com/xyz" rel="noopener">https://a.com/x...</a>'],
    [
      '"https://a.com" | urlize(rel="zz author")',
      '<a href="https://a.com" rel="author noopener zz">https://a.com</a>',
    ],
    ['"www.x@y.z" | urlize', 'www.x@y.z'],
    ['"a:b@c.de" | urlize', 'a:b@c.de'],
    ['"mailto:x" | urlize', 'mailto:x'],
    ['"tel:" | urlize(extra_schemes=["tel:"])', 'tel:'],
    [
      '"https://a.com/(b)(c))." | urlize',
      '<a href="https://a.com/(b)(c))" rel="noopener">https://a.com/(b)(c))</a>.',
    ],
    [
      '"<https://a.com/<b>>" | urlize',
      '&lt;<a href="https://a.com/&lt;b&gt;" rel="noopener">https://a.com/&lt;b&gt;</a>&gt;',
    ],
    [
      '"example.com:8080/x" | urlize',
      '<a href="https://example.com:8080/x" rel="noopener">example.com:8080/x</a>',
    ],
    ['"http://1.2.3" | urlize', 'http://1.2.3'],
    ['"http://a.c" | urlize', 'http://a.c'],
    ['"1.com" | urlize', '1.com'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

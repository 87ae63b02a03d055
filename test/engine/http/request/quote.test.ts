import { quotePath, quotePlus, quoteQuery, requote } from '../../../../engine/http/request/quote.ts';

// Every printable character of ASCII, and what lies around them.
const all = ' !"#$%&\'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~\u007f\u0000é';

describe('escapes of requests, a Python library', () => {
  it('in forms keep letters, digits and four marks', () => {
    expect(quotePlus(all)).toBe(
      '+%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F09%3A%3B%3C%3D%3E%3F%40AZ%5B%5C%5D%5E_%60az%7B%7C%7D~%7F%00%C3%A9',
    );
    expect([quotePlus('plain'), quotePlus(' a  b '), quotePlus('%2f')]).toEqual(['plain', '+a++b+', '%252f']);
  });

  it('in paths keep what separates parts', () => {
    expect(quotePath(all.replace('%', ''))).toBe(
      "%20!%22%23$&'()*+,-./09:;%3C=%3E%3F@AZ%5B%5C%5D%5E_%60az%7B%7C%7D~%7F%00%C3%A9",
    );
  });

  it('in queries keep question marks too', () => {
    expect(quoteQuery('a=?b c#')).toBe('a=?b%20c%23');
    expect(quotePath('a=?b c#')).toBe('a=%3Fb%20c%23');
  });

  it.each([
    ['a%2fb c', 'a%2Fb%20c'],
    ['%c3%a9é', '%C3%A9%C3%A9'],
    // One that is no escape makes all of them literal, each as it would have been written.
    ['a%2fb%', 'a%252Fb%25'],
    ['%zz%41', '%25zz%2541'],
    ['%4', '%254'],
  ])('leave valid escapes of %s', (path, quoted) => {
    expect(quotePath(path)).toBe(quoted);
  });

  it.each([
    ['/%41%7e%2d%2E%5f%30', '/A~-._0'],
    ['/%2f%20%2B%3f', '/%2f%20%2B%3f'],
    ['/a b"é', '/a%20b%22%C3%A9'],
    ['/[x]!#$&?', '/[x]!#$&?'],
  ])('of a whole URI undo those that none needs: %s', (uri, quoted) => {
    expect(requote(uri)).toBe(quoted);
  });
});

import { stopsAtSmallerPages } from '../../../engine/template/stop-condition.ts';

describe('stopsAtSmallerPages', () => {
  it.each([
    '{{ last_page_size == 0 }}',
    '{{ not response.next }}',
    '{{ last_page_size < page_size }}',
    '{{ page_size | int > last_page_size }}',
    '{{ last_page_size < 3 or not response.next }}',
    '{{ last_page_size <= 2 }}',
    '{{ last_page_size >= 100 }}',
    '{% if last_page_size < page_size %}true{% endif %}',
  ])('no: %s', (text) => expect(stopsAtSmallerPages(text, 3)).toBe('no'));

  it.each([
    '{{ last_page_size < 100 }}',
    "{{ last_page_size < config['page_size'] }}",
    '{{ 4 > last_page_size }}',
    '{{ last_page_size <= 3 }}',
    '{{ response.done and last_page_size < 50 }}',
    '{% if last_page_size < 100 %}true{% endif %}',
  ])('yes: %s', (text) => expect(stopsAtSmallerPages(text, 3)).toBe('yes'));

  it.each([
    '{{ not (last_page_size >= 100) }}',
    '{{ last_page_size - 100 < 0 }}',
    '{{ last_page_size == 100 }}',
    '{{ last_page_size < [page_size, 100] | max }}',
    '{{ response.items | length < 100 }}',
    '{{ last_page_size }}',
    '{% if last_page_size < 100 %}true{% else %}false{% endif %}',
    ' {{ last_page_size < 100 }}',
    '{{ last_page_size in [1, 2] }}',
    '{{ last_page_size <',
  ])('maybe: %s', (text) => expect(stopsAtSmallerPages(text, 3)).toBe('maybe'));
});

import { edgesOf } from '../../../engine/template/edges.ts';

it.each([
  ["{{ '-' ~ region if region }}", ['-', ''], [undefined, '']],
  ["{{ 'a/' + name + '/b' }}", ['a/'], ['/b']],
  ["{{ config.host or 'api.test' }}", [undefined, 'api.test'], [undefined, 'api.test']],
  ["{{ 'x' if flag else 'y/' }}", ['x', 'y/'], ['x', 'y/']],
  ['{{ name }}', [undefined], [undefined]],
  ['a{{ name }}', [undefined], [undefined]],
  ['plain', [undefined], [undefined]],
])('%s begins with one of %j and ends with one of %j', (template, first, last) => {
  expect(edgesOf(template)).toEqual({ first, last });
});

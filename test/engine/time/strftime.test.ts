import { isoparse } from '../../../engine/time/isoparse.ts';
import { strftime } from '../../../engine/time/strftime.ts';

const monday = isoparse('2024-02-05T03:04:09.05+05:30');

describe('strftime like the C library of Linux', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['%-d|%-5d|%_5d|%05d', '5|    5|    5|00005'],
    ['%1d|%3d|%e|%1e|%3e', '05|005| 5| 5|  5'],
    ['%12s|%-12s|%012s', '  1707102249|  1707102249|001707102249'],
    ['%Od %Oj %Ep %Et| %En|', '05 036 AM \t| \n|'],
    ['%Ed %EB %Oc %OY', '%Ed %EB %Oc %OY'],
    ['%5Ed|%^Ed', ' %5Ed|%^ED'],
    ['%^a %#a %#B %#p %^p %P %#P %^P', 'MON MON FEBRUARY am AM am am am'],
    ['%^c', 'MON FEB  5 03:04:09 2024'],
    ['%#c', 'Mon Feb  5 03:04:09 2024'],
    ['%12F|%012F|%-12F', '  2024-02-05|002024-02-05|  2024-02-05'],
    ['%z %Z', '+0530 UTC+05:30'],
    ['%-z|%-Z|%5Z|%5z|%05Z', '||     ||00000'],
    ['%5%|%E%|%q|%^q', '    %|%|%q|%^Q'],
  ];
  it.each(rows)('%s', (format, text) => {
    expect(strftime(monday, format)).toBe(text);
  });
});

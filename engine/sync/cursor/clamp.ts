import { daysFromCivil, weekday } from '../../time/calendar.ts';
import { PyDateTime } from '../../time/datetime.ts';

/** Moves a moment to a boundary of its period, in its own offset: `up` to the next one, `down` to the one before. */
export type Clamp = (moment: PyDateTime, direction: 'up' | 'down') => PyDateTime;

const dayMs = 86_400_000;

export const weekdays = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;

function midnight(moment: PyDateTime, days: number): PyDateTime {
  return new PyDateTime(days * dayMs, 0, moment.zone);
}

export const clampToDay: Clamp = (moment, direction) => {
  const isMidnight = moment.wallMs % dayMs === 0 && moment.micro === 0;
  return midnight(moment, moment.days + (direction === 'up' && !isMidnight ? 1 : 0));
};

/** The time of day does not count: the first of a month stays where it is. */
export const clampToMonth: Clamp = (moment, direction) => {
  const { year, month, day } = moment.fields;
  const moves = direction === 'up' && day !== 1;
  const first = moves
    ? daysFromCivil(month === 12 ? year + 1 : year, (month % 12) + 1, 1)
    : daysFromCivil(year, month, 1);
  return midnight(moment, first);
};

/** Weeks that start on the given day, 0 for Monday. The time of day does not count here either. */
export function clampToWeek(firstDay: number): Clamp {
  return (moment, direction) => {
    const ahead = (firstDay - weekday(moment.days) + 7) % 7;
    return midnight(moment, moment.days + (direction === 'up' || ahead === 0 ? ahead : ahead - 7));
  };
}

// Days as numbers since 1970-01-01, as the pages send them: each as the step from the one before.

const MILLISECONDS = 86_400_000;

export const written = (day) => new Date(day * MILLISECONDS).toISOString().slice(0, 10);

export const read = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / MILLISECONDS);

/** As people write it: 3 November 2025. */
export const spoken = (day) => new Date(day * MILLISECONDS)
  .toLocaleDateString('en-GB', {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'});

/** The same day some months later, or the last one of a month that is too short for it. */
export function plusMonths(day, months) {
  const date = new Date(day * MILLISECONDS);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return Math.round(date.getTime() / MILLISECONDS);
}

/** Numbers that were sent as steps. */
export function numbers(steps) {
  let sum = 0;
  return steps ? steps.split(' ').map((step) => (sum += Number(step))) : [];
}

/** How many of ascending numbers are at most that one. */
export function countUntil(ascending, number) {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= number) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

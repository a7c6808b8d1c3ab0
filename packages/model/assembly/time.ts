// Times as agents write them: `2026-06-08T00:00:00.512024265Z`. Any other shape is the caller's.

/** Nanoseconds since 1970; meant only when `timeEnd` is not 0. */
export let time: i64 = 0;
/** At the quote behind the time read last; 0: what stood there is no time of the usual shape. */
export let timeEnd: usize = 0;

/** Reads the time that begins at `at` and ends before a quote, before `end`. */
export function readTime(at: usize, end: usize): void {
  timeEnd = 0;
  // The shortest is `2026-06-08T00:00:00Z"`.
  if (at + 21 > end) return;
  if (load<u8>(at + 4) != 45 || load<u8>(at + 7) != 45 || load<u8>(at + 10) != 84) return;
  if (load<u8>(at + 13) != 58 || load<u8>(at + 16) != 58) return;
  const year = digits(at, 2) * 100 + digits(at + 2, 2);
  const month = digits(at + 5, 2);
  const day = digits(at + 8, 2);
  const hour = digits(at + 11, 2);
  const minute = digits(at + 14, 2);
  const second = digits(at + 17, 2);
  if (year < 1678 || year > 2261 || month < 1 || month > 12) return;
  if (day < 1 || day > daysIn(year, month)) return;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return;
  let i = at + 19;
  let fraction: i64 = 0;
  if (load<u8>(i) == 46) {
    i++;
    const first = i;
    while (i < end && load<u8>(i) - 48 <= 9) {
      fraction = fraction * 10 + (load<u8>(i) - 48);
      i++;
      if (i - first > 9) return;
    }
    if (i == first) return;
    for (let count = i - first; count < 9; count++) fraction *= 10;
  }
  if (i + 1 >= end || load<u8>(i) != 90 || load<u8>(i + 1) != 34) return;
  const seconds = ((<i64>daysFrom1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  time = seconds * 1_000_000_000 + fraction;
  timeEnd = i + 1;
}

/** The number that `count` digits write; far below 0 when one is no digit. */
function digits(at: usize, count: usize): i32 {
  let value = 0;
  for (let i: usize = 0; i < count; i++) {
    const digit = <i32>load<u8>(at + i) - 48;
    if (digit < 0 || digit > 9) return -1_000_000;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: i32, month: i32): i32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Days since 1970-01-01 in the Gregorian calendar, by counting years from March (so that February ends one). */
function daysFrom1970(year: i32, month: i32, day: i32): i32 {
  const shifted = month > 2 ? year : year - 1;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const leapDays = shifted / 4 - shifted / 100 + shifted / 400;
  return shifted * 365 + leapDays + (monthFromMarch * 153 + 2) / 5 + day - 719_469;
}

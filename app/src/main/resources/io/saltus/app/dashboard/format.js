// Numbers, times and foreign text as people read them.

const WHOLE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const SIX_DIGITS = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 6 });
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

/** A whole number with separators: 3,913. */
export function whole(number) {
  return number === null || number === undefined ? '–' : WHOLE.format(number);
}

/** A number that JSON may hold as a string, because it is not finite. */
export function number(value) {
  if (typeof value === 'number') {
    return value;
  }
  return value === null || value === undefined ? NaN : Number(value);
}

/** A measured value to four digits: 0.9985, 2.181e-5. */
export function value(given) {
  if (given === null || given === undefined) {
    return '–';
  }
  const x = number(given);
  if (Number.isNaN(x)) {
    return 'NaN';
  }
  if (!Number.isFinite(x)) {
    return x > 0 ? '∞' : '−∞';
  }
  const size = Math.abs(x);
  if (size === 0) {
    return '0';
  }
  if (size < 1e-3 || size >= 1e7) {
    return minus(x.toExponential(3).replace('e+', 'e'));
  }
  if (Number.isInteger(x)) {
    return minus(WHOLE.format(x));
  }
  return minus(size >= 1e4 ? WHOLE.format(x) : String(Number(x.toPrecision(4))));
}

/** A label of an axis: as short as it can be. */
export function tick(x) {
  if (x === null) {
    return '';
  }
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    return minus(String(Number(x.toExponential(2)).toExponential()).replace('e+', 'e'));
  }
  return minus(SIX_DIGITS.format(x));
}

function minus(text) {
  return text.startsWith('-') ? '−' + text.slice(1) : text;
}

/** A stretch of time in two units at most: 1 h 12 min. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return '–';
  }
  const s = Math.max(0, seconds);
  if (s < 10) {
    return s.toFixed(1) + ' s';
  }
  if (s < MINUTE) {
    return Math.round(s) + ' s';
  }
  const pairs = [
    [DAY, 'd', HOUR, 'h'],
    [HOUR, 'h', MINUTE, 'min'],
    [MINUTE, 'min', 1, 's'],
  ];
  const [unit, name, part, partName] = pairs.find(([each]) => s >= each);
  const parts = Math.floor((s % unit) / part);
  return Math.floor(s / unit) + ' ' + name + (parts > 0 ? ' ' + parts + ' ' + partName : '');
}

/** Steps in a second. */
export function rate(perSecond) {
  return perSecond === null || perSecond === undefined ? '–' : value(number(perSecond)) + '/s';
}

export function bytes(count) {
  if (count === null || count === undefined) {
    return '–';
  }
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = count;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return (unit === 0 ? size : Number(size.toPrecision(3))) + ' ' + units[unit];
}

/** A moment, in the reader's own time zone. */
export function time(text) {
  if (!text) {
    return '–';
  }
  const when = new Date(text);
  const day = when.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  const clock = when.toLocaleTimeString('en-GB', { hour12: false });
  return new Date().toDateString() === when.toDateString() ? clock : day + ' ' + clock;
}

/** The beginning of a digest. */
export function short(digest) {
  return digest ? digest.slice(0, 12) : '–';
}

/** Names that the journal writes with dashes, as words. */
export function words(name) {
  return String(name).replaceAll('-', ' ');
}

// Control characters, and the marks that turn the direction of what follows, could make a text look
// like another one. They are shown, not obeyed.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text from outside with everything unseen made visible. */
export function clean(given) {
  if (given === null || given === undefined) {
    return '';
  }
  return String(given).replace(UNSEEN, (sign) => {
    const code = sign.codePointAt(0);
    if (code < 0x20) {
      return String.fromCodePoint(0x2400 + code);
    }
    return '⟨U+' + code.toString(16).toUpperCase().padStart(4, '0') + '⟩';
  });
}

/** As `clean`, but lines and tabs stay what they are: for text in blocks. */
export function cleanBlock(given) {
  return String(given ?? '')
    .split('\n')
    .map((line) => line.split('\t').map(clean).join('\t'))
    .join('\n');
}

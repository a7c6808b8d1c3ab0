import type { ProcessEvent } from '../../event/event.ts';
import type { Decoded, Decoder, Format, Origin } from '../../formats/format.ts';
import { isObject } from '../../formats/read.ts';

/** An event that shows what its decoder was told. */
function eventOf(subject: string, origin: Origin | undefined): Decoded {
  const event: ProcessEvent = {
    dialect: 'envelope',
    kind: 'other',
    label: 'envelope:toy',
    node: origin?.node ?? '',
    ancestors: [],
    subject: origin === undefined || origin.path === '' ? subject : `${subject} in ${origin.path}`,
    ...(origin?.time === undefined ? {} : { time: origin.time }),
  };
  return { kind: 'events', events: [event] };
}

function format(id: string, sniff: Format['sniff'], decode: Decoder['decode']): Format {
  return { id, title: id, sniff, decoder: () => ({ decode }) };
}

function rejected(reason: 'no_event' | 'bad_field'): Decoded {
  return { kind: 'rejected', reason, detail: 'not a toy' };
}

/** Records `{"toy": "text"}`. */
export const toy: Format = {
  ...format(
    'toy',
    (value) => isObject(value) && 'toy' in value,
    (value, origin) => {
      if (!isObject(value) || !('toy' in value)) return rejected('no_event');
      if (value.toy === 'skip') return { kind: 'skipped', reason: 'toy_noise' };
      return typeof value.toy === 'string' ? eventOf(value.toy, origin) : rejected('bad_field');
    },
  ),
  marks: ['mark', 'toy'],
};

/** Records `{"big": 9007199254740993}`, whose digits matter. */
export const bigToy = format(
  'big_toy',
  (value) => isObject(value) && 'big' in value,
  (value, origin) => {
    const big = isObject(value) ? value.big : undefined;
    return typeof big === 'bigint' ? eventOf(String(big), origin) : { kind: 'imprecise' };
  },
);

/** Claims one kind of record and decodes whatever it is given. */
export const greedy = format(
  'greedy',
  (value) => isObject(value) && 'greedy' in value,
  (_, origin) => eventOf('anything', origin),
);

/** Lines `toy 12 …`. */
export const toyText: Format = {
  id: 'toy_text',
  title: 'toy text',
  sniff: () => false,
  sniffText: (line) => /^toy \d/.test(line),
  decoder: () => ({
    decode: () => rejected('no_event'),
    decodeText: (line, origin) => {
      const [, number] = /^toy (\d+)/.exec(line) ?? [];
      if (number === undefined) return rejected('no_event');
      return number === '0' ? rejected('bad_field') : eventOf(`line ${number}`, origin);
    },
  }),
};

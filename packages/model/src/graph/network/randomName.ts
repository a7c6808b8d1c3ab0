import { bigramBits } from './bigramTable.ts';
import { splitName } from './publicSuffixes.ts';

/**
 * Whether a name looks made by a machine (semantics, `randomName`). Judged is the label that matters: the
 * registrable one and the longest below it, whichever looks worse. Random is a label of at least 8 characters with
 * digits >= 25 % and >= 3 switches between letter and digit, or letters whose mean log2 bigram probability is
 * below `meanBitsLimit`.
 *
 * Weaker below `cloudSuffixes`: providers make up labels there, so both tests must agree, and below
 * `generatedSuffixes` nothing follows at all; the figures are returned all the same. Labels in punycode are
 * not judged: their letters are an encoding.
 */
export interface RandomVerdict {
  readonly random: boolean;
  /** The label judged; empty: none is long enough. */
  readonly label: string;
  /** The figures in one sentence; empty when no label is long enough. */
  readonly detail: string;
}

/**
 * Mean log2 bigram probability below which letters are not a word. 0.7 % of 8,698 rare words that the table was
 * not made from fall below it, 97 % of uniformly drawn letters do.
 */
const meanBitsLimit = -5.3;
const shortest = 8;
/** Fewer letter pairs say nothing about a mean. */
const fewestPairs = 5;
/** DNS ends a label at 63; a hostile one is judged by its beginning. */
const longest = 256;

/** Platforms whose customers' labels are chosen or made by machines. */
const cloudSuffixes = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'awsapps.com',
  'azure.com',
  'azure.net',
  'azurecontainer.io',
  'azurecr.io',
  'azurewebsites.net',
  'cloudapp.net',
  'cluster.local',
  'digitaloceanspaces.com',
  'firebaseapp.com',
  'github.io',
  'gitlab.io',
  'googleapis.com',
  'googleusercontent.com',
  'herokuapp.com',
  'internal',
  'mongodb.net',
  'netlify.app',
  'onrender.com',
  'oraclecloud.com',
  'pages.dev',
  'run.app',
  'snowflakecomputing.com',
  'svc',
  'vercel.app',
  'web.app',
  'windows.net',
  'workers.dev',
] as const;

/** Below these every label is a random id by design, the honest ones too. */
const generatedSuffixes = [
  'akadns.net',
  'akamai.net',
  'akamaiedge.net',
  'akamaized.net',
  'awsglobalaccelerator.com',
  'azurefd.net',
  'cache.amazonaws.com',
  'cloudfront.net',
  'edgekey.net',
  'edgesuite.net',
  'eks.amazonaws.com',
  'elb.amazonaws.com',
  'execute-api.amazonaws.com',
  'fastly.net',
  'fastlylb.net',
  'rds.amazonaws.com',
  'trafficmanager.net',
] as const;

/** Judges a name, lower case. `searchSuffixes`: domains the log shows being appended, cut off first. */
export function judgeName(name: string, searchSuffixes?: ReadonlySet<string>): RandomVerdict {
  const bare = withoutSearchSuffix(name.endsWith('.') ? name.slice(0, -1) : name, searchSuffixes);
  const strength = strengthOf(bare);
  const { registrable, below } = splitName(bare);
  const dot = registrable.indexOf('.');
  const labels = [dot < 0 ? registrable : registrable.slice(0, dot)];
  let longestBelow = '';
  for (const label of below) if (label.length > longestBelow.length) longestBelow = label;
  labels.push(longestBelow);
  let worst: RandomVerdict = { random: false, label: '', detail: '' };
  for (const label of labels) {
    if (label.length < shortest || label.startsWith('xn--')) continue;
    const verdict = judgeLabel(label.slice(0, longest), strength);
    if (worst.label === '' || (verdict.random && !worst.random)) worst = verdict;
  }
  return worst;
}

type Strength = 'full' | 'weak' | 'none';

function judgeLabel(label: string, strength: Strength): RandomVerdict {
  const { digits, switches, pairs, meanBits } = figuresOf(label);
  const share = digits / label.length;
  const byDigits = share >= 0.25 && switches >= 3;
  const byLetters = pairs >= fewestPairs && meanBits < meanBitsLimit;
  const random = strength === 'full' ? byDigits || byLetters : byDigits && byLetters;
  const figures = [
    `"${label}": ${label.length} characters`,
    `${Math.round(share * 100)} % digits with ${switches} letter-digit switches`,
    pairs >= fewestPairs
      ? `mean log2 bigram ${meanBits.toFixed(2)} (limit ${meanBitsLimit})`
      : 'too few letters in a row to judge their order',
  ];
  if (strength === 'weak') figures.push('weaker: below a cloud suffix both tests must agree');
  if (strength === 'none') figures.push('not judged: names below this suffix are generated');
  return { random: random && strength !== 'none', label, detail: figures.join(', ') };
}

function figuresOf(label: string) {
  let digits = 0;
  let switches = 0;
  let pairs = 0;
  let sum = 0;
  let previous = 0;
  for (let at = 0; at < label.length; at += 1) {
    const unit = label.charCodeAt(at);
    const digit = isDigit(unit);
    if (digit) digits += 1;
    if ((digit && isLetter(previous)) || (isLetter(unit) && isDigit(previous))) switches += 1;
    const bits = bigramBits(previous, unit);
    if (bits !== undefined) {
      pairs += 1;
      sum += bits;
    }
    previous = unit;
  }
  return { digits, switches, pairs, meanBits: pairs === 0 ? 0 : sum / pairs };
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function isLetter(unit: number): boolean {
  return unit >= 97 && unit <= 122;
}

function strengthOf(name: string): Strength {
  if (generatedSuffixes.some((suffix) => isBelow(name, suffix))) return 'none';
  if (isRegional(name)) return 'none';
  return cloudSuffixes.some((suffix) => isBelow(name, suffix)) ? 'weak' : 'full';
}

/** `id.region.service.amazonaws.com`: the region stands between the id and the generated service. */
function isRegional(name: string): boolean {
  return /\.(?:elb|eks|rds|cache|execute-api)\.[a-z0-9-]{1,30}\.amazonaws\.com$|\.[a-z0-9-]{1,30}\.(?:elb|eks|rds|cache|execute-api)\.amazonaws\.com$/.test(
    name.slice(-120),
  );
}

function isBelow(name: string, suffix: string): boolean {
  return name.endsWith(suffix) && name.charAt(name.length - suffix.length - 1) === '.';
}

function withoutSearchSuffix(name: string, suffixes: ReadonlySet<string> | undefined): string {
  if (suffixes === undefined || suffixes.size === 0) return name;
  // Suffixes start at a dot; a name has at most 127 of them, a hostile one is cut off here.
  let dot = name.indexOf('.');
  for (let step = 0; dot > 0 && step < 130; step += 1) {
    if (suffixes.has(name.slice(dot + 1))) return name.slice(0, dot);
    dot = name.indexOf('.', dot + 1);
  }
  return name;
}

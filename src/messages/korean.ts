/**
 * Korean particles: which of two forms follows a word depends on the sound the word ends in, so a name that is
 * put into a sentence must be listened to first. Digits, Latin names, acronyms and symbols are read the way
 * they are read aloud in Korean; an ending nobody can be sure of gets both forms, as in forms and letters.
 */

/** After a consonant / after a vowel. */
export type Particle =
  | '은/는'
  | '이/가'
  | '을/를'
  | '과/와'
  | '으로/로'
  | '으로서/로서'
  | '으로써/로써'
  | '으로부터/로부터'
  | '이나/나'
  | '이라/라'
  | '이란/란'
  | '이며/며'
  | '아/야';

/** How a word ends to the ear. ㄹ is a consonant to all particles but those that begin with 으로. */
export type Ending = 'vowel' | 'rieul' | 'consonant' | 'unknown';

/** The word with the particle that fits it. */
export function withJosa(word: string, particle: Particle): string {
  return `${word}${josa(word, particle)}`;
}

/** The form of a particle that follows a word, or both where the ending cannot be heard: "을(를)", "(으)로". */
export function josa(word: string, particle: Particle): string {
  const [closed = '', open = ''] = particle.split('/');
  switch (endingOf(word)) {
    case 'vowel':
      return open;
    case 'rieul':
      return closed.startsWith('으로') ? open : closed;
    case 'consonant':
      return closed;
    case 'unknown':
      return closed.startsWith('으로') ? `(으)${open}` : `${closed}(${open})`;
  }
}

const SILENT =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\p{M}\p{Cf}\s.,!?…·:;~'"’”`」』》〉>*_]+$/u;
const BRACKETS = /\([^()]*\)$|\[[^[\]]*\]$|\{[^{}]*\}$|〔[^〔〕]*〕$|【[^【】]*】$/u;

/** The ending of what is said aloud: brackets with their content, quotes, punctuation and emoji at the end are not. */
export function endingOf(word: string): Ending {
  const heard = withoutTail(word.normalize('NFKC'));
  const last = [...heard].at(-1);
  if (last === undefined) return 'unknown';
  return hangul(last) ?? symbol(last) ?? digits(heard) ?? latin(heard) ?? 'unknown';
}

function withoutTail(text: string): string {
  const bare = text.replace(SILENT, '');
  const before = bare.replace(BRACKETS, '');
  if (before !== bare && before.replace(SILENT, '') !== '') return withoutTail(before);
  return bare === text ? stripLoneBracket(text) : withoutTail(bare);
}

/** A bracket that is never opened, or a word that is nothing but brackets: then what is inside is all there is to say. */
function stripLoneBracket(text: string): string {
  return /[)\]}〕】]$/u.test(text) ? withoutTail(text.slice(0, -1)) : text;
}

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FINALS = 28;
const RIEUL = 8;

function hangul(letter: string): Ending | undefined {
  const code = letter.codePointAt(0) ?? 0;
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return undefined;
  const final = (code - FIRST_SYLLABLE) % FINALS;
  if (final === 0) return 'vowel';
  return final === RIEUL ? 'rieul' : 'consonant';
}

/** 퍼센트, 퍼밀, 도, 플러스, 앤드, 샵, 앳, 달러, 원, 유로. */
const SYMBOLS: Readonly<Record<string, Ending>> = {
  '%': 'vowel',
  '‰': 'rieul',
  '°': 'vowel',
  '+': 'vowel',
  '&': 'vowel',
  '#': 'consonant',
  '@': 'consonant',
  $: 'vowel',
  '₩': 'consonant',
  '€': 'vowel',
};

const symbol = (letter: string): Ending | undefined => SYMBOLS[letter];

/** 영 일 이 삼 사 오 육 칠 팔 구. */
const DIGITS: readonly Ending[] = [
  'consonant',
  'rieul',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'rieul',
  'rieul',
  'vowel',
];

/** A number ends in its last digit, or in 십, 백, 천, 만, 억, all consonants, or from twelve zeros on in 조, a vowel. */
function digits(heard: string): Ending | undefined {
  const number = /[\d,.]*\d$/.exec(heard)?.[0];
  if (number === undefined) return undefined;
  const zeros = /0*$/.exec(number.replaceAll(',', ''))?.[0].length ?? 0;
  if (zeros >= 12 && zeros < 16 && !number.includes('.')) return 'vowel';
  return DIGITS[Number(number.at(-1))];
}

function latin(heard: string): Ending | undefined {
  const word = /[A-Za-z]+$/.exec(heard)?.[0];
  if (word === undefined) return undefined;
  return isSpelt(word) ? spelt(word) : spoken(word.toLowerCase());
}

/** Read letter by letter: short words in capitals (KPI, SLA), and words without a vowel (html). */
function isSpelt(word: string): boolean {
  return (word === word.toUpperCase() && word.length <= 4) || !/[aeiouy]/i.test(word);
}

/** 엘 and 알 end in ㄹ, 엠 and 엔 in a consonant, all other letters in a vowel. */
function spelt(word: string): Ending {
  const last = word.slice(-1).toUpperCase();
  if (last === 'L' || last === 'R') return 'rieul';
  return last === 'M' || last === 'N' ? 'consonant' : 'vowel';
}

/**
 * English words in Korean spelling: 노션, 엑셀, 에어테이블, 슬랙, 파트너, 소프트. A closing l or le is ㄹ; m, n, ng, me and ne
 * close the syllable, as do k, p, t and c after a vowel; all else is followed by a vowel of its own.
 */
function spoken(word: string): Ending {
  if (/(l|[^aeiouy]le|[aeiou]le)$/.test(word)) return 'rieul';
  if (/(m|n|ng|[aeiou]me|[aeiou]ne)$/.test(word)) return 'consonant';
  return /[aeiouy](ck|[kptc])$/.test(word) ? 'consonant' : 'vowel';
}

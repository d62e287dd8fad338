/** Korean in Latin letters, syllable by syllable (Revised Romanization without its sound changes): for names in keys. */

const INITIALS = 'g kk n d tt r m b pp s ss - j jj ch k t p h'.split(' ');
const VOWELS = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const FINALS = '- k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ');

/** The text with every Hangul syllable spelt out; the rest as it stands. */
export const romanised = (text: string): string => text.normalize('NFC').replace(/[가-힣]/g, (letter) => spell(letter));

function spell(letter: string): string {
  const index = (letter.codePointAt(0) ?? 0) - 0xac00;
  const parts = [
    INITIALS[Math.floor(index / (VOWELS.length * FINALS.length))],
    VOWELS[Math.floor(index / FINALS.length) % VOWELS.length],
    FINALS[index % FINALS.length],
  ];
  return parts.filter((part) => part !== '-').join('');
}

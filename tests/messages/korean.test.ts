import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ending, endingOf, josa, type Particle, withJosa } from '../../src/messages/korean.js';

describe('the ending of a word', () => {
  it.each<[string, Ending]>([
    // Hangul
    ['파트너', 'vowel'],
    ['리뷰', 'vowel'],
    ['한빛', 'consonant'],
    ['담당', 'consonant'],
    ['서울', 'rieul'],
    ['매출', 'rieul'],
    ['값', 'consonant'],
    ['닭', 'consonant'],
    ['여덟', 'consonant'],
    ['힣', 'consonant'],
    ['가', 'vowel'],
    ['한글'.normalize('NFD'), 'rieul'],
    // digits, as they are read
    ['0', 'consonant'],
    ['1', 'rieul'],
    ['2', 'vowel'],
    ['3', 'consonant'],
    ['4', 'vowel'],
    ['5', 'vowel'],
    ['6', 'consonant'],
    ['7', 'rieul'],
    ['8', 'rieul'],
    ['9', 'vowel'],
    ['10', 'consonant'],
    ['100', 'consonant'],
    ['1,000', 'consonant'],
    ['10000', 'consonant'],
    ['100,000,000', 'consonant'],
    ['1,000,000,000,000', 'vowel'],
    ['3.5', 'vowel'],
    ['2026', 'consonant'],
    ['Q1', 'rieul'],
    ['3분기', 'vowel'],
    ['１', 'rieul'],
    // acronyms, letter by letter
    ['KPI', 'vowel'],
    ['SLA', 'vowel'],
    ['ESG', 'vowel'],
    ['MOU', 'vowel'],
    ['NDA', 'vowel'],
    ['URL', 'rieul'],
    ['R&R', 'rieul'],
    ['CRM', 'consonant'],
    ['VPN', 'consonant'],
    ['LG', 'vowel'],
    ['html', 'rieul'],
    ['A', 'vowel'],
    ['L', 'rieul'],
    // names in Latin letters
    ['Notion', 'consonant'],
    ['Airtable', 'rieul'],
    ['Excel', 'rieul'],
    ['Google', 'rieul'],
    ['Slack', 'consonant'],
    ['Salesforce', 'vowel'],
    ['Microsoft', 'vowel'],
    ['Partner', 'vowel'],
    ['Samsung', 'consonant'],
    ['SAMSUNG', 'consonant'],
    ['Zoom', 'consonant'],
    ['Phone', 'consonant'],
    ['Home', 'consonant'],
    ['Startup', 'consonant'],
    ['Market', 'consonant'],
    ['Cloud', 'vowel'],
    ['Asana', 'vowel'],
    ['Link', 'vowel'],
    ['GitHub', 'vowel'],
    // symbols
    ['80%', 'vowel'],
    ['％', 'vowel'],
    ['5‰', 'rieul'],
    ['20℃', 'vowel'],
    ['AT&T', 'vowel'],
    ['C#', 'consonant'],
    // what is not read aloud
    ['한빛(주)', 'consonant'],
    ['(주)누리', 'vowel'],
    ['매출 (2026년)', 'rieul'],
    ['리뷰 [초안]', 'vowel'],
    ['한빛 (주) [테스트]', 'consonant'],
    ['(주)', 'vowel'],
    ['담당)', 'consonant'],
    ['「한빛」', 'consonant'],
    ['‘서울’', 'rieul'],
    ['"리뷰"', 'vowel'],
    ['완료!', 'vowel'],
    ['서울…', 'rieul'],
    ['한빛 ✨', 'consonant'],
    ['누리🚀', 'vowel'],
    ['서울 👨‍👩‍👧', 'rieul'],
    ['한빛 🇰🇷', 'consonant'],
    ['서울 ⚠️', 'rieul'],
    // nothing to hear
    ['', 'unknown'],
    ['🚀', 'unknown'],
    ['東京', 'unknown'],
    ['ありがとう', 'unknown'],
    ['()', 'unknown'],
  ])('%s: %s', (word, ending) => {
    expect(endingOf(word)).toBe(ending);
  });
});

describe('particles', () => {
  it.each<[Particle, string, string, string, string]>([
    ['은/는', '는', '은', '은', '은(는)'],
    ['이/가', '가', '이', '이', '이(가)'],
    ['을/를', '를', '을', '을', '을(를)'],
    ['과/와', '와', '과', '과', '과(와)'],
    ['으로/로', '로', '로', '으로', '(으)로'],
    ['으로서/로서', '로서', '로서', '으로서', '(으)로서'],
    ['으로써/로써', '로써', '로써', '으로써', '(으)로써'],
    ['으로부터/로부터', '로부터', '로부터', '으로부터', '(으)로부터'],
    ['이나/나', '나', '이나', '이나', '이나(나)'],
    ['이라/라', '라', '이라', '이라', '이라(라)'],
    ['이란/란', '란', '이란', '이란', '이란(란)'],
    ['이며/며', '며', '이며', '이며', '이며(며)'],
    ['아/야', '야', '아', '아', '아(야)'],
  ])('%s', (particle, afterVowel, afterRieul, afterConsonant, afterUnknown) => {
    expect(josa('누리', particle)).toBe(afterVowel);
    expect(josa('서울', particle)).toBe(afterRieul);
    expect(josa('한빛', particle)).toBe(afterConsonant);
    expect(josa('🚀', particle)).toBe(afterUnknown);
  });

  it('are put after the whole word', () => {
    expect(withJosa('한빛(주)', '과/와')).toBe('한빛(주)과');
    expect(withJosa('80%', '으로/로')).toBe('80%로');
  });

  it('never fail, whatever the word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (word) => {
        expect(['은', '는', '은(는)']).toContain(josa(word, '은/는'));
      }),
    );
  });
});

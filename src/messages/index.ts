/** The locales there are. */
import { type Catalogue, makeCatalogue } from './catalogue.js';
import type { CheckWords } from './check.js';
import { check as checkEn } from './en/check.js';
import { en } from './en.js';
import { check as checkKo } from './ko/check.js';
import { ko } from './ko.js';

export type { Catalogue } from './catalogue.js';
export type { CheckWords } from './check.js';

export type Locale = 'en' | 'ko';

/** What `tandem check` says. */
export const CHECK_WORDS: Readonly<Record<Locale, CheckWords>> = { en: checkEn, ko: checkKo };

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en: makeCatalogue(en), ko: makeCatalogue(ko) };

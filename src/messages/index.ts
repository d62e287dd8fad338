/** The locales there are. */
import { type Catalogue, makeCatalogue } from './catalogue.js';
import type { CheckWords } from './check.js';
import { check as checkEn } from './en/check.js';
import { init as initEn } from './en/init.js';
import { en } from './en.js';
import type { InitWords } from './init.js';
import { check as checkKo } from './ko/check.js';
import { init as initKo } from './ko/init.js';
import { ko } from './ko.js';

export type { Catalogue } from './catalogue.js';
export type { CheckWords } from './check.js';
export type { InitWords } from './init.js';

export type Locale = 'en' | 'ko';

/** What `tandem init` says. */
export const INIT_WORDS: Readonly<Record<Locale, InitWords>> = { en: initEn, ko: initKo };

/** What `tandem check` says. */
export const CHECK_WORDS: Readonly<Record<Locale, CheckWords>> = { en: checkEn, ko: checkKo };

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en: makeCatalogue(en), ko: makeCatalogue(ko) };

/** The locales there are. */
import { type Catalogue, makeCatalogue } from './catalogue.js';
import { en } from './en.js';
import { ko } from './ko.js';

export type { Catalogue } from './catalogue.js';

export type Locale = 'en' | 'ko';

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en: makeCatalogue(en), ko: makeCatalogue(ko) };

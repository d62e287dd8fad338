/** Everything that can be measured of a partnership. What is neither mapped nor filled is absent, never 0. */
import type { Facts } from '../facts.js';
import { oncePer } from '../once.js';
import { delivery } from './delivery.js';
import type { Measure } from './factor.js';
import { performance } from './performance.js';
import { strategic } from './strategic.js';
import { trust } from './trust.js';

/** The factors of a partnership, in the order of their dimensions. */
export const measure = oncePer((facts: Facts): readonly Measure[] => [
  ...performance(facts),
  ...delivery(facts),
  ...trust(facts),
  ...strategic(facts),
]);

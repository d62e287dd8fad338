/** What people say to each other: reviews held and planned, contacts of the partner, and the log of conversations. */
import { type DayAt, numberOf, pick } from './ids.js';
import { type Lexicon, type PartnerStory, plainName, type SampleRow } from './story.js';

const mark = (value: number): number => Math.max(1, Math.min(5, Math.round(value * 2) / 2));

export function reviewRows(story: PartnerStory, lexicon: Lexicon, on: DayAt): SampleRow[] {
  const { who, trust } = story;
  const held = trust.held.map((ago, nth): SampleRow => {
    const kind = pick(['performance', 'relationship', 'evaluation'], nth);
    const rating = trust.rating;
    return {
      key: `${who.code}/r${nth + 1}`,
      createdAgo: ago + 20,
      values: {
        name: lexicon.review(plainName(who.name), kind),
        partnership: [who.code],
        kind,
        plannedOn: on(-ago - (nth % 3)),
        heldOn: on(-ago),
        status: 'held',
        actionCount: story.work.actions?.length ?? 1,
        satisfaction: rating === undefined ? null : mark(rating + 0.1),
        communication: rating === undefined ? null : mark(rating),
        problemResponse: rating === undefined ? null : mark(rating - 0.1),
        trust: rating === undefined ? null : mark(rating),
        side: pick(['both', 'us', 'them'], nth),
      },
    };
  });
  if (trust.planned === undefined) return held;
  const planned: SampleRow = {
    key: `${who.code}/next`,
    createdAgo: 20,
    values: {
      name: lexicon.review(plainName(who.name), 'performance'),
      partnership: [who.code],
      kind: 'performance',
      plannedOn: on(trust.planned),
      status: 'planned',
      side: 'both',
    },
  };
  return [planned, ...held];
}

export function contactRows(story: PartnerStory, index: number, lexicon: Lexicon, on: DayAt): SampleRow[] {
  return [0, 1].map((nth) => ({
    key: `${story.who.code}/c${nth + 1}`,
    createdAgo: Math.max(40, story.since - 10 * nth),
    values: {
      name: pick(lexicon.contacts, index * 2 + nth),
      partnership: [story.who.code],
      role: pick(lexicon.roles, nth === 0 ? 0 : 1 + index),
      side: 'them',
      status: 'active',
      lastContact: story.trust.talked === undefined ? null : on(-story.trust.talked - nth * 25),
      sponsor: nth === 0,
    },
  }));
}

export function interactionRows(story: PartnerStory, index: number, lexicon: Lexicon, on: DayAt): SampleRow[] {
  const { who, trust } = story;
  const entry = (key: string, ago: number, nth: number, direction: string): SampleRow => {
    const channel = pick(lexicon.channels, index + nth);
    return {
      key: `${who.code}/${key}`,
      createdAgo: ago,
      values: {
        title: `${plainName(who.name)} ${lexicon.talk(channel)}`,
        partnership: [who.code],
        date: on(-ago),
        type: nth % 3 === 1 ? 'informal' : 'formal',
        channel,
        tone: direction === 'outbound' ? 'neutral' : toneOf(trust.rating, `${who.code}${nth}`),
        direction,
      },
    };
  };
  const first = trust.talked;
  const count = trust.talks ?? 3;
  const gap = count > 10 ? 9 : 24;
  const talks =
    first === undefined
      ? []
      : Array.from({ length: count }, (_, nth) => entry(`t${nth + 1}`, first + nth * gap, nth, 'two-way'));
  return trust.unanswered === undefined ? talks : [entry('sent', trust.unanswered, count, 'outbound'), ...talks];
}

function toneOf(rating: number | undefined, seed: string): string {
  if (rating === undefined) return 'neutral';
  if (rating >= 4) return numberOf(seed, 4) === 0 ? 'neutral' : 'positive';
  if (rating >= 3) return pick(['neutral', 'positive', 'neutral', 'negative'], numberOf(seed, 4));
  return numberOf(seed, 3) === 0 ? 'neutral' : 'negative';
}

/**
 * Expands partner stories into the rows of every entity, without a tool or a language of its own. Words come from
 * the lexicon; values are canonical and are put into the team's labels when a column renders them.
 */
import { type DayAt, numberOf, pick } from './ids.js';
import { kpiRows } from './kpi-rows.js';
import {
  ENTITY_ORDER,
  type Entity,
  type Lexicon,
  type Mess,
  type PartnerStory,
  type Plain,
  plainName,
  type SampleRow,
  type SampleRows,
} from './story.js';
import { contactRows, interactionRows, reviewRows } from './trust-rows.js';

/** All rows of a sample: the stories' own, the extra ones, and the spoilt cells put over them. */
export function expand(stories: readonly PartnerStory[], lexicon: Lexicon, on: DayAt, mess: Mess): SampleRows {
  const rows: SampleRows = {
    partnerships: stories.map((story) => partnerRow(story, on)),
    kpis: stories.flatMap((story, index) => kpiRows(story, index, lexicon, on)),
    measurements: [],
    milestones: stories.flatMap((story, index) => milestoneRows(story, index, lexicon, on)),
    reviews: stories.flatMap((story) => reviewRows(story, lexicon, on)),
    actions: stories.flatMap((story, index) => actionRows(story, index, lexicon, on)),
    risks: stories.flatMap((story, index) => riskRows(story, index, lexicon, on)),
    issues: [],
    contacts: stories.flatMap((story, index) => contactRows(story, index, lexicon, on)),
    interactions: stories.flatMap((story, index) => interactionRows(story, index, lexicon, on)),
    agreements: stories.map((story) => agreementRow(story, lexicon, on)),
    tasks: [],
  };
  return withMess(rows, mess);
}

function withMess(rows: SampleRows, mess: Mess): SampleRows {
  const spoil = (entity: Entity): readonly SampleRow[] => {
    const spoilt = mess.spoilt[entity] ?? {};
    const all = [...rows[entity], ...(mess.extra[entity] ?? [])];
    const unknown = Object.keys(spoilt).filter((key) => !all.some((row) => row.key === key));
    if (unknown.length > 0) throw new RangeError(`no row to spoil in ${entity}: ${unknown.join(', ')}`);
    return all.map((row) => ({ ...row, values: { ...row.values, ...spoilt[row.key] } }));
  };
  const all: Record<Entity, readonly SampleRow[]> = { ...rows };
  for (const entity of ENTITY_ORDER) all[entity] = spoil(entity);
  return all;
}

const people = (owner: string | null): readonly string[] => (owner === null ? [] : [owner]);

function partnerRow(story: PartnerStory, on: DayAt): SampleRow {
  const { who, trust, term } = story;
  const [lastHeld] = trust.held;
  const good = trust.rating ?? 0;
  const values: Record<string, Plain> = {
    name: who.name,
    code: who.code,
    type: who.type,
    tier: who.tier,
    stage: who.stage,
    stageSince: on(-Math.floor(story.since / 3)),
    owner: people(who.owner),
    start: on(-story.since),
    end: term.ends === null ? null : on(term.ends),
    reviewCadence: trust.cadence,
    lastReview: lastHeld === undefined ? null : on(-lastHeld),
    profile: good === 0 ? 0.2 : Math.min(1, Math.round(good * 21) / 100),
    esg: good === 0 ? null : Math.min(1, Math.round(good * 20) / 100),
    language: who.language ?? null,
    muted: false,
    note: story.story,
  };
  return { key: who.code, createdAgo: story.since, values };
}

function milestoneRows(story: PartnerStory, index: number, lexicon: Lexicon, on: DayAt): SampleRow[] {
  const { who, work } = story;
  return [...work.done, ...work.open].map((due, nth) => {
    const done = nth < work.done.length;
    const slip = story.outcome === 'healthy' ? 0 : 4 * (nth + 1);
    return {
      key: `${who.code}/m${nth + 1}`,
      createdAgo: Math.min(story.since, Math.max(150, -due + 60)),
      values: {
        name: `${plainName(who.name)} ${pick(lexicon.milestones, index * 3 + nth)}`,
        partnership: [who.code],
        kind: nth === 2 ? 'pilot' : 'delivery',
        due: on(due),
        originalDue: on(due - slip),
        doneOn: done ? on(due + (slip > 0 ? 3 : -1)) : null,
        status: done ? 'done' : due > 60 ? 'planned' : 'active',
        progress: done ? 1 : due < 0 ? 0.4 : due > 60 ? 0.1 : 0.6,
        weight: 1 + (nth % 2),
        owner: people(who.owner),
        side: pick(['us', 'them', 'both'], index + nth),
      },
    };
  });
}

function actionRows(story: PartnerStory, index: number, lexicon: Lexicon, on: DayAt): SampleRow[] {
  return (story.work.actions ?? []).map((due, nth) => ({
    key: `${story.who.code}/a${nth + 1}`,
    createdAgo: Math.max(20, 15 - due),
    values: {
      name: pick(lexicon.actions, index + nth),
      partnership: [story.who.code],
      review: story.trust.held.length === 0 ? [] : [`${story.who.code}/r1`],
      kind: nth === 0 ? 'action' : 'improvement',
      side: pick(['us', 'them'], nth),
      owner: people(story.who.owner),
      due: on(due),
      doneOn: null,
      status: 'active',
    },
  }));
}

function riskRows(story: PartnerStory, index: number, lexicon: Lexicon, on: DayAt): SampleRow[] {
  return story.work.risks.map((notation, nth) => {
    const [, likelihood, impact, status] = /^([1-5])x([1-5]) (\w+)$/.exec(notation) ?? [];
    if (status === undefined) throw new RangeError(`not a risk: ${notation}`);
    const open = status !== 'closed';
    const opened = 30 + numberOf(`${story.who.code}${nth}`, 90);
    return {
      key: `${story.who.code}/k${nth + 1}`,
      createdAgo: opened,
      values: {
        name: pick(lexicon.risks, index + nth * 3),
        partnership: [story.who.code],
        likelihood: Number(likelihood),
        impact: Number(impact),
        owner: people(story.who.owner),
        plan: status === 'open' ? null : lexicon.plan,
        planDue: open ? on(20 + nth * 10) : null,
        openedOn: on(-opened),
        reviewBy: open ? on(25) : null,
        status,
      },
    };
  });
}

function agreementRow(story: PartnerStory, lexicon: Lexicon, on: DayAt): SampleRow {
  const { who, term } = story;
  return {
    key: `${who.code}/contract`,
    createdAgo: story.since,
    values: {
      name: lexicon.contract(plainName(who.name)),
      partnership: [who.code],
      kind: 'contract',
      start: on(-story.since),
      end: term.ends === null ? null : on(term.ends),
      noticeDays: term.notice,
      autoRenew: term.renews ?? false,
      status: 'signed',
      decision: term.decision ?? null,
      decidedOn: term.decision === undefined || term.decision === 'undecided' ? null : on(-12),
      value: 20 * (1 + numberOf(who.code, 45)),
    },
  };
}

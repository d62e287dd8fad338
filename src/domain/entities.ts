/**
 * The nouns of partnership management and their fields: configuration keys, normaliser, types of the rules and reference
 * docs are derived from here. Only `partnerships` is a must; an unmapped field switches off what needs it.
 */
import type { Canonical, VocabularyName } from './vocabulary.js';

export type FieldType =
  | { readonly kind: 'text' }
  | { readonly kind: 'number' }
  | { readonly kind: 'date' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'people' }
  | { readonly kind: 'count' }
  | { readonly kind: 'cadence' }
  | { readonly kind: 'plan' }
  | { readonly kind: 'countries' }
  | { readonly kind: 'label'; readonly of: VocabularyName }
  | { readonly kind: 'link'; readonly to: EntityName };

export interface FieldDeclaration<T extends FieldType = FieldType> {
  readonly type: T;
  readonly required: boolean;
  readonly about: string;
}

const field = <T extends FieldType>(type: T, about: string): FieldDeclaration<T> => ({ type, required: false, about });
const needed = <T extends FieldType>(type: T, about: string): FieldDeclaration<T> => ({ type, required: true, about });

const text = { kind: 'text' } as const;
const number = { kind: 'number' } as const;
const date = { kind: 'date' } as const;
const flag = { kind: 'flag' } as const;
const people = { kind: 'people' } as const;
const count = { kind: 'count' } as const;
const cadence = { kind: 'cadence' } as const;
const plan = { kind: 'plan' } as const;
const countries = { kind: 'countries' } as const;
const label = <V extends VocabularyName>(of: V) => ({ kind: 'label', of }) as const;
const link = <E extends EntityName>(to: E) => ({ kind: 'link', to }) as const;

export const ENTITY_NAMES = [
  'partnerships',
  'kpis',
  'measurements',
  'milestones',
  'reviews',
  'actions',
  'risks',
  'issues',
  'decisions',
  'contacts',
  'interactions',
  'feedback',
  'roles',
  'agreements',
  'tasks',
  'history',
] as const;
export type EntityName = (typeof ENTITY_NAMES)[number];

const partnership = needed(link('partnerships'), 'the partnership the row belongs to');

export const ENTITIES = {
  partnerships: {
    name: needed(text, 'name of the partner'),
    code: field(text, 'short code that joins rows across tools'),
    owner: field(people, 'who answers for the partnership on our side'),
    backupOwner: field(people, 'who stands in for the owner'),
    sponsor: field(people, 'executive sponsor'),
    lead: field(people, 'who is told when the owner does not act'),
    type: field(text, 'kind of partnership'),
    tier: field(label('tier'), 'strategic, core or basic'),
    stage: field(label('lifecycleStage'), 'ISO 44001 life cycle stage'),
    stageSince: field(date, 'day the stage was entered'),
    start: field(date, 'start of the partnership or of its term'),
    end: field(date, 'end of the term'),
    autoRenew: field(flag, 'renews by itself unless notice is given'),
    noticeDays: field(number, 'days of notice before the end of the term'),
    renewalDecision: field(label('renewalDecision'), 'what was decided about the next term'),
    reviewCadence: field(cadence, 'how often a joint review is held'),
    lastReview: field(date, 'last review that was held'),
    nextReview: field(date, 'next review that is planned'),
    lastBriefing: field(date, 'last briefing'),
    briefingCadence: field(cadence, 'how often a briefing is given'),
    lastContact: field(date, 'last two-way contact'),
    satisfaction: field(number, 'satisfaction with the partnership, 1 to 5'),
    profile: field(number, 'completeness of the partner profile, as a share'),
    businessModel: field(text, 'profile: how the partner earns its money'),
    market: field(text, 'profile: the market it stands in'),
    decisionStructure: field(text, 'profile: who decides there, and how'),
    coreValues: field(text, 'profile: what it stands for'),
    priorities: field(text, 'profile: what it wants to reach'),
    profileReviewBy: field(date, 'day the profile is looked at again'),
    esg: field(number, 'ESG checklist, as a share'),
    esgEvidenceUntil: field(date, 'day the ESG evidence expires'),
    language: field(text, 'language of what the partner reads'),
    holidays: field(countries, 'two-letter codes of the countries whose days off the partner keeps'),
    overrideStatus: field(label('partnershipStatus'), 'status a person has decided'),
    overrideReason: field(text, 'why it was decided'),
    overrideUntil: field(date, 'last day the decision stands'),
    muted: field(flag, 'no reminders for this partnership'),
  },
  kpis: {
    name: needed(text, 'name of the KPI'),
    partnership: needed(link('partnerships'), 'one or more partnerships'),
    status: field(label('rowStatus'), 'whether the goal is live'),
    kind: field(label('kpiKind'), 'quantitative or qualitative'),
    direction: field(label('direction'), 'higher, lower, range, maintain, milestone, rating'),
    accumulation: field(label('accumulation'), 'how readings add up'),
    baseline: field(number, 'value at the start'),
    target: field(number, 'value to reach, lower bound of a range'),
    targetHigh: field(number, 'upper bound of a range'),
    actual: field(number, 'value now'),
    numerator: field(number, 'numerator of a ratio'),
    denominator: field(number, 'denominator of a ratio'),
    plan: field(plan, 'what is planned per month, like "Jan 100, Feb 120", or one value per month of the period'),
    unit: field(text, 'unit of all values'),
    scale: field(label('scale'), 'how percentages are written: fraction (0.8) or percent (80)'),
    start: field(date, 'first day of the period'),
    end: field(date, 'last day of the period'),
    weight: field(number, 'weight in the roll-up'),
    critical: field(flag, 'caps the status of the partnership'),
    commitment: field(label('commitment'), 'commit or stretch'),
    horizon: field(label('horizon'), 'month, quarter, half-year, year or lifetime'),
    perspective: field(text, 'scorecard perspective'),
    owner: field(people, 'who keeps the number'),
    measuredOn: field(date, 'day the actual was read'),
    cadence: field(cadence, 'how often the number is refreshed'),
    relevance: field(text, 'why the goal matters'),
    source: field(text, 'where the number comes from'),
  },
  measurements: {
    kpi: needed(link('kpis'), 'the KPI that was read'),
    date: needed(date, 'day of the reading'),
    value: field(number, 'the reading'),
    numerator: field(number, 'numerator of a ratio'),
    denominator: field(number, 'denominator of a ratio'),
    unit: field(text, 'unit of the reading, where it may be another than that of the KPI'),
  },
  milestones: {
    name: needed(text, 'name of the milestone'),
    partnership,
    kind: field(label('milestoneKind'), 'delivery or pilot'),
    due: field(date, 'day it is due'),
    originalDue: field(date, 'day it was first due'),
    moves: field(number, 'how often its day was moved'),
    doneOn: field(date, 'day it was done'),
    status: field(label('rowStatus'), 'state the team keeps'),
    progress: field(number, 'share that is done'),
    weight: field(number, 'weight in the roll-up'),
    owner: field(people, 'who answers for it'),
    side: field(label('side'), 'us, them or both'),
    blockedBy: field(link('milestones'), 'milestones it waits for'),
    kpi: field(link('kpis'), 'KPIs it serves'),
    riskPlan: field(text, 'what to do if it slips'),
    decisionDate: field(date, 'day a pilot is decided'),
  },
  reviews: {
    partnership,
    name: field(text, 'title of the review'),
    kind: field(label('reviewKind'), 'performance, relationship, evaluation, briefing, reconciliation'),
    plannedOn: field(date, 'day it is planned'),
    heldOn: field(date, 'day it was held'),
    status: field(label('reviewStatus'), 'planned, moved, held or cancelled'),
    actionCount: field(count, 'actions that came out of it'),
    satisfaction: field(number, '1 to 5'),
    communication: field(number, '1 to 5'),
    problemResponse: field(number, '1 to 5'),
    trust: field(number, '1 to 5'),
    side: field(label('side'), 'whose view it is'),
  },
  actions: {
    name: needed(text, 'what is to be done'),
    partnership,
    review: field(link('reviews'), 'review it came from'),
    issue: field(link('issues'), 'issue it answers'),
    feedback: field(link('feedback'), 'feedback it answers'),
    openedOn: field(date, 'day it was written down'),
    kind: field(label('actionKind'), 'action or improvement'),
    side: field(label('side'), 'who promised it'),
    owner: field(people, 'who does it'),
    due: field(date, 'day it is due'),
    doneOn: field(date, 'day it was done'),
    status: field(label('rowStatus'), 'state'),
    effectVerified: field(flag, 'the effect was checked'),
  },
  risks: {
    name: needed(text, 'the risk'),
    partnership,
    likelihood: field(number, '1 to 5'),
    impact: field(number, '1 to 5'),
    residualLikelihood: field(number, '1 to 5 after treatment'),
    residualImpact: field(number, '1 to 5 after treatment'),
    owner: field(people, 'who answers for it'),
    plan: field(text, 'what is done about it'),
    planDue: field(date, 'day the plan is due'),
    openedOn: field(date, 'day it was written down'),
    triggerOn: field(date, 'day from which it may strike'),
    reviewedOn: field(date, 'day it was last looked at'),
    reviewBy: field(date, 'day it is looked at again'),
    acceptedUntil: field(date, 'last day it is accepted'),
    status: field(label('riskStatus'), 'open, treating, accepted or closed'),
  },
  issues: {
    name: needed(text, 'the issue'),
    partnership,
    severity: field(label('severity'), 'low to critical'),
    openedOn: field(date, 'day it was raised'),
    state: field(label('issueState'), 'rung of the conflict ladder'),
    stateSince: field(date, 'day the rung was entered'),
    owner: field(people, 'who answers for it'),
    decider: field(people, 'who decides'),
    fact: field(text, 'what happened'),
    cause: field(text, 'why'),
    causeTag: field(text, 'kind of cause: one word for one kind'),
    impact: field(text, 'with what effect'),
    proposal: field(text, 'what is proposed'),
    evidence: field(text, 'link to evidence'),
    mediator: field(people, 'third party'),
    mediationClause: field(text, 'clause of the agreement'),
    acknowledgedOn: field(date, 'day it was acknowledged'),
    resolvedOn: field(date, 'day it was resolved'),
    lesson: field(text, 'what was learnt'),
  },
  decisions: {
    name: needed(text, 'what is decided'),
    partnership,
    requestedOn: field(date, 'day it was asked'),
    requestedBy: field(people, 'who asked'),
    approver: field(people, 'who decides'),
    stage: field(text, 'stage of the approval'),
    stageSince: field(date, 'day the stage was entered'),
    decidedOn: field(date, 'day it was decided'),
    rationale: field(text, 'why'),
    status: field(label('decisionStatus'), 'pending, on-hold, approved or rejected'),
    reviewBy: field(date, 'day it is looked at again'),
    reviewedOn: field(date, 'day it was last looked at'),
    expiresOn: field(date, 'last day of a temporary decision'),
  },
  contacts: {
    name: needed(text, 'name of the person'),
    partnership,
    role: field(text, 'role'),
    side: field(label('side'), 'ours or theirs'),
    status: field(label('contactStatus'), 'active, on leave or left'),
    lastContact: field(date, 'last contact with this person'),
    sponsor: field(flag, 'is the sponsor of the other side'),
  },
  interactions: {
    partnership,
    date: needed(date, 'day'),
    type: field(label('interactionType'), 'formal or informal'),
    channel: field(text, 'channel'),
    tone: field(label('tone'), 'positive, neutral or negative'),
    direction: field(label('interactionDirection'), 'inbound, outbound or two-way'),
    twoWay: field(flag, 'both sides spoke'),
    respondedOn: field(date, 'day it was answered'),
  },
  feedback: {
    partnership,
    date: needed(date, 'day'),
    side: field(label('side'), 'whose view it is'),
    kind: field(label('feedbackKind'), 'survey, complaint or praise'),
    satisfaction: field(number, '1 to 5'),
    communication: field(number, '1 to 5'),
    problemResponse: field(number, '1 to 5'),
    trust: field(number, '1 to 5'),
    answeredOn: field(date, 'day it was answered'),
  },
  roles: {
    function: needed(text, 'function'),
    partnership,
    responsible: field(people, 'who does it'),
    accountable: field(people, 'who answers for it'),
    theirPerson: field(text, 'counterpart'),
    reviewBy: field(date, 'day the specification is looked at again'),
  },
  agreements: {
    partnership,
    name: field(text, 'title'),
    kind: field(label('agreementKind'), 'contract, nda, insurance or certificate'),
    start: field(date, 'first day'),
    end: field(date, 'last day of the term'),
    noticeDays: field(number, 'days of notice before the end'),
    autoRenew: field(flag, 'renews by itself unless notice is given'),
    status: field(label('agreementStatus'), 'draft, signed or terminated'),
    decision: field(label('renewalDecision'), 'what was decided about the next term'),
    decidedOn: field(date, 'day it was decided'),
    value: field(number, 'value of the agreement'),
  },
  tasks: {
    title: needed(text, 'title of the task'),
    key: needed(text, 'key Tandem tells its own rows by'),
    stamp: field(text, 'what Tandem last wrote'),
    due: field(date, 'day it is due'),
    assignee: field(people, 'who does it'),
    partnership: field(link('partnerships'), 'the partnership, or a text with its name and link'),
    kind: field(text, 'which reminder it is'),
    status: field(label('taskStatus'), 'todo, doing, done or dropped'),
    note: field(text, 'the reason, and links to the rows it rests on'),
    snoozeUntil: field(date, 'not before this day'),
  },
  history: {
    partnership,
    key: needed(text, 'key Tandem tells its own rows by'),
    date: needed(date, 'day of the snapshot'),
    health: field(number, '0 to 100'),
    performance: field(number, '0 to 100'),
    trust: field(number, '0 to 100'),
    status: field(label('partnershipStatus'), 'status that day'),
  },
} as const satisfies Record<EntityName, Readonly<Record<string, FieldDeclaration>>>;

/** Properties Tandem may own on human rows, per entity. */
export const MANAGED = {
  partnerships: [
    'status',
    'health',
    'performance',
    'trust',
    'kpiAchievement',
    'confidence',
    'riskLevel',
    'riskFlags',
    'why',
    'nextReview',
    'decideBy',
    'changedOn',
    'stamp',
  ],
  kpis: ['achievement', 'expected', 'pace', 'status', 'forecast', 'why', 'bar'],
  milestones: ['slipDays', 'status'],
  risks: ['grade'],
} as const satisfies Partial<Record<EntityName, readonly string[]>>;
export type ManagingEntity = keyof typeof MANAGED;

export type FieldName<E extends EntityName> = keyof (typeof ENTITIES)[E] & string;

/** A day as "YYYY-MM-DD". */
export type Day = string;

/** A person as read from a row: `id` is the tool's own, `email` where the tool shows it, `name` is NFC. */
export interface Person {
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
  /** The configuration says that this person has left. */
  readonly left?: true;
}

/** A value planned for a month: of any year where none is stated, of the next month in turn where no month is. */
export interface PlannedMonth {
  readonly year?: number;
  readonly month?: number;
  readonly value: number;
}

export type MonthlyPlan = readonly PlannedMonth[];

export type Cadence = Canonical<'cadence'> | { readonly days: number };

export type ValueOf<T extends FieldType> = T extends { kind: 'text' }
  ? string
  : T extends { kind: 'number' | 'count' }
    ? number
    : T extends { kind: 'date' }
      ? Day
      : T extends { kind: 'flag' }
        ? boolean
        : T extends { kind: 'people' }
          ? readonly Person[]
          : T extends { kind: 'cadence' }
            ? Cadence
            : T extends { kind: 'plan' }
              ? MonthlyPlan
              : T extends { kind: 'countries' }
                ? readonly string[]
                : T extends { kind: 'label'; of: infer V extends VocabularyName }
                  ? Canonical<V>
                  : T extends { kind: 'link' }
                    ? readonly string[]
                    : never;

/** The readable values of a row. A field that is unmapped, empty or unreadable is absent. */
export type Values<E extends EntityName> = {
  readonly [F in FieldName<E>]?: (typeof ENTITIES)[E][F] extends FieldDeclaration<infer T> ? ValueOf<T> : never;
};

/**
 * A row after normalisation. Links such as `values.partnership` hold row ids of the joined entity, whichever tool it lives
 * in. `unreadable` names mapped fields whose cell held what is no value of theirs: unknown, which is not empty.
 */
export interface EntityRow<E extends EntityName = EntityName> {
  readonly entity: E;
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly values: Values<E>;
  readonly unreadable: ReadonlySet<string>;
}

/** What the steps of a playbook say in English. */
import type { Words } from '../words.js';
import { quoted } from './phrases.js';

export const playbooks: Words['playbooks'] = {
  onboarding: {
    kind: 'Onboarding',
    steps: {
      contacts: {
        title: () => 'Write down who is who on both sides',
        note: 'Owner, stand-in, sponsor and the people who decide, on our side and on theirs. One person alone is a risk.',
      },
      channels: {
        title: () => 'Agree on channels and answering times',
        note: 'What goes where, how fast each side answers, and whom to call when it is urgent.',
      },
      goals: {
        title: () => 'Agree on the first goals',
        note: 'Each with a baseline, a target, a period, an owner and where the number comes from; some of them about the relationship.',
      },
      roles: {
        title: () => 'Agree on roles and who decides',
        note: 'For each function one person who answers for it and one who does it, on either side.',
      },
      review: {
        title: () => 'Set the date of the first joint review',
        note: 'Enter the cadence and the next review on the partnership; from then on Tandem reminds of it.',
      },
    },
  },
  'risk-critical': {
    kind: 'Risk checklist',
    steps: {
      report: {
        title: (params) => `Take charge of the critical risk ${quoted(params, 'risk')}`,
        note: 'The sponsor names who leads the response and who may decide without asking.',
      },
      partner: {
        title: (params) => `Tell the partner about the risk ${quoted(params, 'risk')}`,
        note: 'What is known, what is being done, when they hear again. A risk they learn of elsewhere costs trust.',
      },
      weekly: {
        title: (params) => `Review the risk ${quoted(params, 'risk')} every week until it is lower`,
        note: 'Set the next review on the risk. Close this task when the weekly review stands in both calendars.',
      },
    },
  },
  'risk-high': {
    kind: 'Risk checklist',
    steps: {
      owner: {
        title: (params) => `Name who answers for the high risk ${quoted(params, 'risk')}`,
        note: 'One person, with the time for it.',
      },
      partner: {
        title: (params) => `Talk the risk ${quoted(params, 'risk')} over with the partner`,
        note: 'Agree on what each side does about it, and by when.',
      },
      fortnight: {
        title: (params) => `Look at the risk ${quoted(params, 'risk')} every two weeks`,
        note: 'Set the next review on the risk.',
      },
    },
  },
  'conflict-opened': {
    kind: 'Conflict checklist',
    steps: {
      facts: {
        title: (params) => `Write down the facts of ${quoted(params, 'issue')}`,
        note: 'Fact, cause, impact and a proposal, with links to the evidence; opinions apart from facts.',
      },
      decider: {
        title: (params) => `Name who decides in ${quoted(params, 'issue')}`,
        note: 'One person on each side, and to whom it goes when they do not agree.',
      },
      talk: {
        title: (params) => `Invite the partner to talk about ${quoted(params, 'issue')}`,
        note: 'Face to face or by video, with the facts sent ahead. Aim: both sides describe the problem in the same words.',
      },
    },
  },
  'conflict-mediation': {
    kind: 'Mediation',
    steps: {
      clause: {
        title: (params) => `Look up what the agreement says on mediation (${quoted(params, 'issue')})`,
        note: 'Clause, deadline, place, costs. Enter it on the issue.',
      },
      mediator: {
        title: (params) => `Agree on a mediator for ${quoted(params, 'issue')}`,
        note: 'Somebody both sides trust and who gains nothing from either outcome.',
      },
      statement: {
        title: (params) => `Prepare the common statement of facts on ${quoted(params, 'issue')}`,
        note: 'What is agreed, what is not, what each side needs.',
      },
      outcome: {
        title: (params) => `Write down what the mediation of ${quoted(params, 'issue')} came to`,
        note: 'Every action with an owner and a day.',
      },
    },
  },
  'hand-over': {
    kind: 'Hand-over',
    steps: {
      successor: {
        title: () => 'Name a successor and a stand-in',
        note: 'On the partnership and on what the person answered for: KPIs, milestones, risks, issues.',
      },
      notes: {
        title: () => 'Write the hand-over notes',
        note: 'What is promised, what is open, what the partner cares about, what has gone wrong before.',
      },
      introduce: {
        title: () => 'Introduce the successor to the partner',
        note: 'In person or by video, with the predecessor or the sponsor.',
      },
      access: {
        title: () => 'Hand over access, documents and calendars',
        note: 'Shared folders, systems, standing meetings; take away what is no longer needed.',
      },
    },
  },
  renewal: {
    kind: 'Renewal',
    steps: {
      results: {
        title: () => 'Put together what the partnership has brought',
        note: 'KPIs against their targets, promises kept on both sides, satisfaction, conflicts and what was learned.',
      },
      partner: {
        title: () => 'Ask the partner what they want from the next term',
        note: 'Scope, goals, terms, people; what they would change.',
      },
      proposal: {
        title: () => 'Take a proposal to whoever decides',
        note: 'Renew, change or end, with the reason and the new goals.',
      },
    },
  },
  exit: {
    kind: 'Exit checklist',
    steps: {
      notice: {
        title: () => 'Check notice, dates and duties after the end',
        note: 'Form and day of the notice, confidentiality, what goes on after the term.',
      },
      'open-items': {
        title: () => 'Close or hand over open items',
        note: 'Milestones, promises, issues, payments: each closed, moved or given to somebody.',
      },
      assets: {
        title: () => 'Give back data, access and assets',
        note: 'On both sides, with a list that both have confirmed.',
      },
      lessons: {
        title: () => 'Write down what was learned and thank the partner',
        note: 'What to repeat, what to avoid. Partners come back.',
      },
    },
  },
};

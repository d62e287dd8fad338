/** What a team may tune of the playbooks. */

/** Who a step is for: whoever the row names, the owner of the partnership, who stands in, who leads, the sponsor. */
export const ROLES = ['row', 'partnership', 'backup', 'lead', 'sponsor'] as const;

/** A step of a playbook in a team's own words; see `Playbook`. */
export interface PlaybookStepSetting {
  readonly id: string;
  readonly title: string;
  readonly note?: string | undefined;
  /** Business days from the day the playbook begins. */
  readonly after: number;
  readonly role: (typeof ROLES)[number];
}

export interface PlaybooksPolicy {
  /** Playbooks that are switched off, and those switched on although they do not come by themselves. */
  readonly disabled: readonly string[];
  readonly enabled: readonly string[];
  /** The steps a team wants instead of those a playbook is shipped with. */
  readonly steps: Readonly<Partial<Record<string, readonly PlaybookStepSetting[]>>>;
}

export const DEFAULT_PLAYBOOKS: PlaybooksPolicy = { disabled: [], enabled: [], steps: {} };

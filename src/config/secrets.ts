/** What a token of either tool looks like, so that none is accepted in a file or repeated in a message. */

/** Notion internal integration tokens (new and old prefix) and Airtable personal access tokens. */
const TOKEN =
  /(?<![A-Za-z0-9_])(?:ntn_[A-Za-z0-9_]{6,}|secret_[A-Za-z0-9_]{8,}|pat[A-Za-z0-9]{10,}\.[A-Za-z0-9_]{8,})/g;

/** Offsets in the text at which something that looks like a token starts. */
export function findSecrets(text: string): readonly number[] {
  return [...text.matchAll(TOKEN)].map((match) => match.index);
}

/** The text with everything that looks like a token replaced. */
export function withoutSecrets(text: string): string {
  return text.replace(TOKEN, '(token)');
}

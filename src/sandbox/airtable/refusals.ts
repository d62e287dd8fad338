/**
 * How the sandbox says no: the statuses, types and words of the real service. Where those are not documented
 * the comment says "choice". A refusal is thrown anywhere and becomes the answer in one place.
 */

export type RefusalStatus = 400 | 401 | 403 | 404 | 413 | 414 | 422 | 429;

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: RefusalStatus;
  readonly body: { readonly error: string | { readonly type: string; readonly message?: string } };

  constructor(status: RefusalStatus, error: Refusal['body']['error']) {
    super(typeof error === 'string' ? error : (error.message ?? error.type));
    this.status = status;
    this.body = { error };
  }
}

const refusal = (status: RefusalStatus, type: string, message?: string): Refusal =>
  new Refusal(status, message === undefined ? { type } : { type, message });

export const unauthenticated = (): Refusal => refusal(401, 'AUTHENTICATION_REQUIRED', 'Authentication required');

/** A wrong id and a missing grant look the same from outside. */
export const modelNotFound = (): Refusal =>
  refusal(
    403,
    'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND',
    'Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct.',
  );

/** Unknown routes, and (choice among several shapes seen) a record that does not exist when it is part of the path. */
export const notFound = (): Refusal => new Refusal(404, 'NOT_FOUND');

/** Type is a choice; the status is documented for a body that is not JSON. */
export const invalidJson = (): Refusal => refusal(400, 'INVALID_JSON', 'Could not parse request body');

/** The threshold is undocumented, and so is the wording (choice). */
export const bodyTooLarge = (): Refusal => refusal(413, 'REQUEST_TOO_LARGE', 'Request body is too large');

/** The limit of 16,000 characters is documented, its answer is not: HTTP's own status (choice). */
export const urlTooLong = (): Refusal =>
  refusal(414, 'REQUEST_URI_TOO_LONG', 'The URL must be shorter than 16,000 characters. Use POST listRecords instead.');

export const invalidRequest = (
  message = 'Invalid request: parameter validation failed. Check your request data.',
): Refusal => refusal(422, 'INVALID_REQUEST_UNKNOWN', message);

export const missingFields = (): Refusal =>
  refusal(422, 'INVALID_REQUEST_MISSING_FIELDS', 'Could not find field "fields" in the request body');

export const invalidRecords = (what: 'create' | 'update'): Refusal =>
  refusal(
    422,
    'INVALID_RECORDS',
    `You must provide an array of up to 10 record objects, each with ${
      what === 'update' ? 'an "id" ID field and ' : ''
    }a "fields" object for cell values.`,
  );

/** Ids to delete, not record objects: the wording is a choice. */
export const invalidRecordIds = (): Refusal =>
  refusal(422, 'INVALID_RECORDS', 'You must provide an array of up to 10 record IDs.');

/** Choice of wording. */
export const sameRecordTwice = (): Refusal =>
  refusal(422, 'INVALID_RECORDS', 'You cannot change the same record more than once in one request.');

/** The request fails; type and wording are a choice. */
export const severalMatches = (): Refusal =>
  refusal(422, 'INVALID_RECORDS', 'More than one existing record matches the values of fieldsToMergeOn.');

export const unknownField = (name: string): Refusal =>
  refusal(422, 'UNKNOWN_FIELD_NAME', `Unknown field name: "${name}"`);

export const invalidValue = (field: string): Refusal =>
  refusal(422, 'INVALID_VALUE_FOR_COLUMN', `Field "${field}" cannot accept the provided value`);

export const computedField = (field: string): Refusal =>
  refusal(422, 'INVALID_VALUE_FOR_COLUMN', `Field "${field}" cannot accept a value because the field is computed`);

/** The doubled quotes are the service's own. */
export const unknownOption = (name: string): Refusal =>
  refusal(422, 'INVALID_MULTIPLE_CHOICE_OPTIONS', `Insufficient permissions to create new select option ""${name}""`);

export const rowDoesNotExist = (id: string): Refusal =>
  refusal(422, 'ROW_DOES_NOT_EXIST', `Record ID ${id} does not exist in this table`);

export const invalidFormula = (why: string): Refusal =>
  refusal(422, 'INVALID_FILTER_BY_FORMULA', `The formula for filtering records is invalid: ${why}`);

export const unknownView = (view: string): Refusal =>
  view.startsWith('viw')
    ? refusal(422, 'VIEW_ID_NOT_FOUND', `View ID ${view} not found`)
    : refusal(422, 'VIEW_NAME_NOT_FOUND', `View ${view} not found`);

/** Without a message, as the real one. */
export const iteratorGone = (): Refusal => refusal(422, 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE');

export const invalidOffset = (): Refusal =>
  refusal(422, 'INVALID_OFFSET_VALUE', 'The value of offset belongs to a format that is not valid');

export const rateLimited = (): Refusal =>
  refusal(429, 'RATE_LIMIT_REACHED', 'Rate limit exceeded. Please try again later');

export const quotaExhausted = (): Refusal =>
  refusal(
    429,
    'PUBLIC_API_BILLING_LIMIT_EXCEEDED',
    "API billing plan limit exceeded. You've reached the maximum number of requests allowed for this month.",
  );

/** Where a request wants to go on reading. */
import { z } from 'zod';
import type { SeenRequest } from '../context.js';

const inBody = z.object({ start_cursor: z.string().optional(), offset: z.string().optional() });

/** The cursor or offset of a request, in its body or its query; undefined for a first page. */
export function cursorOf({ path, body }: SeenRequest): string | undefined {
  const query = new URL(path, 'http://sandbox').searchParams;
  const given = inBody.safeParse(body).data;
  return given?.start_cursor ?? given?.offset ?? query.get('start_cursor') ?? query.get('offset') ?? undefined;
}

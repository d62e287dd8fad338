/** The settings page of Notion's webhooks, as far as a program needs it. */
import { z } from 'zod';
import type { NotionWebhooks } from './notion.js';

type Page = (request: Request) => Promise<Response>;

const text = (status: number, words: string): Response => new Response(`${words}\n`, { status });
const done = (): Response => new Response(null, { status: 204 });
const given = async <T>(request: Request, schema: z.ZodType<T>): Promise<T | undefined> =>
  schema.safeParse(await request.json().catch(() => undefined)).data;

/** Pages by method and path. */
export function webhookPages(notion: NotionWebhooks | undefined): Readonly<Record<string, Page>> {
  if (notion === undefined) return {};
  const at = '/_sandbox/webhooks/notion';
  return {
    [`POST ${at}`]: async (request) => {
      const body = await given(request, z.strictObject({ url: z.string() }));
      if (body === undefined) return text(400, 'Send {"url": "http://127.0.0.1:..."}.');
      try {
        await notion.subscribe(body.url);
      } catch (thrown) {
        if (thrown instanceof RangeError) return text(400, `${thrown.message}.`);
        throw thrown;
      }
      return done();
    },
    [`POST ${at}/verify`]: async (request) => {
      const body = await given(request, z.strictObject({ token: z.string() }));
      return body !== undefined && notion.verify(body.token)
        ? done()
        : text(400, 'That is not the token that was sent.');
    },
    [`POST ${at}/flush`]: async () => {
      await notion.flush();
      return done();
    },
    [`DELETE ${at}`]: async () => {
      notion.unsubscribe();
      return done();
    },
  };
}

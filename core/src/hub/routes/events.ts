import { createRoute, z } from '@hono/zod-openapi';
import type { ChangeEvent } from '../../api/index.ts';
import type { Routes } from './http/context.ts';
import { eventStream, streamed } from './http/eventStream.ts';
import { problems } from './http/route.ts';

const events = createRoute({
  method: 'get',
  path: '/api/v1/events',
  summary: 'What changes, as it changes',
  request: {
    headers: z.object({
      'last-event-id': z.coerce.number().int().optional().describe('Resume after this event'),
    }),
  },
  responses: { 200: streamed('Events of type `change`, each with a ChangeEvent as its data'), ...problems },
});

export const eventRoutes: Routes = (app, hub) => {
  app.openapi(events, (c) => {
    const last = c.req.valid('header')['last-event-id'];
    return eventStream((send) => {
      const sendEvent = (event: ChangeEvent) =>
        send(`id: ${event.id}\nevent: change\ndata: ${JSON.stringify(event)}\n\n`);
      for (const missed of last === undefined ? [] : hub.events.since(last)) sendEvent(missed);
      return hub.events.subscribe(sendEvent);
    });
  });
};

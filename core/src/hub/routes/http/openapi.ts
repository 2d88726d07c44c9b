import type { OpenAPIHono } from '@hono/zod-openapi';

/** Generated from the routes' own schemas; OpenAPI 3.1. */
export function documentOf(app: OpenAPIHono, version: string) {
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Forebay',
      version,
      description: 'Dataset versions in a lake, cached next to the compute. Served on a Unix socket.',
    },
  });
}

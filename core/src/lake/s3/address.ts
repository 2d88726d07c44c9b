import { ForebayError } from '../../api/errors.ts';
import type { LakeLocation } from '../location.ts';

/** Where an S3 lake is, with what the environment adds. */
export interface S3Address {
  bucket: string;
  /** Empty, or ending in `/`. */
  prefix: string;
  /** Undefined for Amazon's own. */
  endpoint: string | undefined;
}

/** `s3://bucket/prefix` taken apart; the endpoint as the SDK itself would find it in the environment. */
export function parseS3Address(location: LakeLocation, env: NodeJS.ProcessEnv = process.env): S3Address {
  const match = /^s3:\/\/([a-z0-9][a-z0-9._-]{1,61}[a-z0-9])(?:\/+(.*))?$/i.exec(location.url);
  const prefix = (match?.[2] ?? '').replace(/\/+$/, '');
  if (!match?.[1] || !/^[\w.~+/-]*$/.test(prefix) || prefix.includes('//')) {
    throw new ForebayError(
      'bad-request',
      `'${location.url}' is not the address of a lake in S3.`,
      'Write it as s3://bucket or s3://bucket/prefix, with letters, digits, and . _ - in the names.',
    );
  }
  const configured = location.endpoint ?? env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  return { bucket: match[1], prefix: prefix && `${prefix}/`, endpoint: parseEndpoint(configured) };
}

export function parseEndpoint(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new ForebayError(
      'bad-request',
      `'${text}' is not the address of an S3 endpoint.`,
      'Write it like https://s3.example.com or http://127.0.0.1:8333.',
    );
  }
  return text;
}

/** A proxy of the environment can't reach this machine's own loopback, and would be handed the credentials. */
export function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

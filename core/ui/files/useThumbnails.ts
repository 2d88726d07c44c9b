import { useEffect, useMemo } from 'react';
import { useHost } from '../host.ts';
import { Thumbnails } from './Thumbnails.ts';

export function useThumbnails(dataset: string, version: number): Thumbnails {
  const { client } = useHost();
  const thumbnails = useMemo(() => new Thumbnails(client, dataset, version), [client, dataset, version]);
  useEffect(() => () => thumbnails.dispose(), [thumbnails]);
  return thumbnails;
}

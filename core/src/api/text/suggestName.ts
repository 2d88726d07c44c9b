/** A dataset's name from a folder's: 'Chest X-ray (2017)' becomes 'chest-x-ray-2017'. May be ''. */
export function suggestName(folderName: string): string {
  return folderName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 63);
}

import type { Destination } from '../destination.ts';
import { createTemporaryFolder } from '../spool/temporary-folder.ts';
import { createTableDestination, type TableOptions } from '../tables/table-destination.ts';
import { openPostgres } from './postgres-database.ts';
import { readAddress } from './read-address.ts';

/** Tables in a schema of a PostgreSQL database. */
export async function openPostgresDestination(
  to: string,
  options: Omit<TableOptions, 'spoolFolder'>,
): Promise<Destination> {
  const database = await openPostgres(readAddress(to), options.dryRun === true);
  try {
    const spoolFolder = await createTemporaryFolder();
    return await createTableDestination(database, { ...options, spoolFolder });
  } catch (error) {
    await database.close();
    throw error;
  }
}

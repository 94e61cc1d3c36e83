import type { Page } from '@playwright/test';
import { DATABASE } from '../../src/keep/database';
import type { RunSummary } from '../../src/keep/keptRun';

/** Writes runs as the page keeps them, and no more of each than a list shows. The page must have been open; a reload lists them. */
export async function keepRuns(page: Page, summaries: readonly RunSummary[]): Promise<void> {
  await page.evaluate(
    async ([name, all]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error as DOMException);
      });
      const transaction = database.transaction('summaries', 'readwrite');
      for (const summary of all) transaction.objectStore('summaries').put(summary);
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      database.close();
    },
    [DATABASE, summaries] as const,
  );
}

import { podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();

test('a sample tells its story in steps, each a link; dismissed, it stays away until it is opened again', async ({
  page,
}) => {
  const open = async () => {
    await page.goto(serving().origin);
    await page.getByRole('button', { name: /^Reverse shell/ }).click();
    await expect(page).toHaveURL(/\/c\/sample-reverse-shell/);
  };
  await open();
  const tour = page.getByRole('navigation', { name: 'Tour of the sample' });
  await expect(tour.getByRole('link')).toHaveCount(5);
  await expect(tour.getByRole('listitem').first()).toHaveAttribute('aria-current', 'step');

  // A page that no step led to is no step, whatever the first one is.
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: 'Events' })
    .click();
  await expect(page.getByRole('grid', { name: 'Events' })).toBeVisible();
  await expect(tour.locator('[aria-current=step]')).toHaveCount(0);
  await expect(tour).toContainText('no step of the tour');

  await tour.getByRole('link', { name: 'Whom it talked to' }).focus();
  await page.keyboard.press('Enter');
  await expect(podPage(page).details.getByRole('heading', { level: 2 })).toHaveText('nc');
  await expect(podPage(page).details.getByRole('tab', { name: /^Network/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await tour.getByRole('link', { name: 'The hop' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lateral movement');

  const here = tour.locator('[aria-current=step]');
  await expect(here).toContainText('The hop');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lateral movement');
  await expect(here).toContainText('The hop');
  await page.goBack();
  await expect(here).toContainText('Whom it talked to');
  await expect(podPage(page).details.getByRole('heading', { level: 2 })).toHaveText('nc');
  await page.goForward();
  await expect(here).toContainText('The hop');

  await tour.getByRole('button', { name: 'Dismiss the tour' }).click();
  await expect(tour).toBeHidden();
  await page.reload();
  await expect(page.getByRole('treegrid', { name: 'Hops' })).toBeVisible();
  await expect(tour).toBeHidden();
  await open();
  await expect(tour).toBeVisible();
});

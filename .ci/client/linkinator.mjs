// Crawls from the front page with linkinator, fragments included. Of the thousands of entries only
// those whose number ends in 00 are followed, in all languages and forms; other hosts are left alone.
import assert from 'node:assert/strict'
import { LinkChecker } from 'linkinator'

const [site] = process.argv.slice(2)
const followed = /\/(service-type|function|assessment)\/(\d*00|372|40)\b|^(?!.*\/(service-type|function|assessment)\/\d)/
// The filters of the second list and the questions at the desk make any number of addresses.
const endless = /\/(list\/suitability|desk)[^?]*\?/
// Each record has a history in all forms and languages; that of one stands for all.
const history = /\/(versions|v\/\d+)\b/
const shown = /\/service-type\/372\//
const leftOut = link => endless.test(link) || (history.test(link) && !shown.test(link))
const checker = new LinkChecker()
let pages = 0
checker.on('pagestart', () => { pages += 1 })

const result = await checker.check({
  path: site,
  recurse: true,
  checkFragments: true,
  concurrency: 8,
  timeout: 20000,
  // Otherwise it takes /doc/x for a folder and resolves #content to /doc/x/#content.
  cleanUrls: true,
  linksToSkip: async link => !link.startsWith(site) || !followed.test(link) || leftOut(link)
})

const links = result.links.filter(link => link.state !== 'SKIPPED')
const broken = links.filter(link => link.state === 'BROKEN')
for (const link of broken.slice(0, 20)) console.error(`${link.status} ${link.url} on ${link.parent}: ${link.failureDetails}`)
assert.equal(broken.length, 0, `linkinator finds ${broken.length} broken links`)
assert.ok(pages > 50, `linkinator sees ${pages} pages only`)
console.log(`linkinator crawls ${pages} pages: none of ${links.length} links is broken`)

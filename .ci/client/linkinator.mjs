// Crawls with linkinator, fragments included: first what is in English or has no language in its address, then each other
// language by itself, since linkinator's work grows with the square of the links. Of the thousands of entries only a few
// are followed, in all forms; of the pages of codes, which one template makes, those in two languages. Other hosts are
// left alone.
import assert from 'node:assert/strict'
import { LinkChecker } from 'linkinator'

const [site] = process.argv.slice(2)
const languages = ['en', 'nl', 'de', 'sv', 'nb', 'fr']
const entry = /\/(service-type|function|assessment)\/\d/
const followed = /\/(service-type|function|assessment)\/(\d*000|372|40)\b/
const code = /\/doc\/(?!service-type|function|assessment)/
// The filters of the second list, questions at the desk and queries make any number of addresses.
const endless = /\/(list\/suitability|desk|sparql)[^?]*\?/
// Each record has a history in all forms and languages; that of one stands for all.
const history = /\/(versions|v\/\d+)\b/
const shown = /\/service-type\/372\//

const languageOf = link => languages.find(language => link.startsWith(`${site}${language}/`))
const isLeftOut = link => !link.startsWith(site) || (entry.test(link) && !followed.test(link)) || endless.test(link) ||
  (history.test(link) && !shown.test(link)) || (code.test(link) && ['de', 'sv', 'nb', 'fr'].includes(languageOf(link)))

let pages = 0
async function crawl (path, recurse, isSkipped) {
  const checker = new LinkChecker()
  checker.on('pagestart', () => { pages += 1 })
  const { links } = await checker.check({
    path,
    recurse,
    checkFragments: true,
    concurrency: 8,
    timeout: 60000,
    // Otherwise it takes /doc/x for a folder and resolves #content to /doc/x/#content.
    cleanUrls: true,
    linksToSkip: async link => isLeftOut(link) || isSkipped(link)
  })
  return links.filter(link => link.state !== 'SKIPPED')
}

// Linkinator is busy with itself for so long that the server lets its connections go, and then takes what it asks next
// for broken. What had no answer is asked again, and crawled from there.
const links = []
for (const language of languages) {
  const isOther = link => (languageOf(link) ?? 'en') !== language
  let open = language === 'en' ? [site, `${site}en/`] : [`${site}${language}/`]
  for (let round = 0; open.length > 0; round += 1) {
    const found = await crawl(open, true, isOther)
    const unanswered = found.filter(link => link.state === 'BROKEN' && link.status === 0)
    open = round < 3 ? [...new Set(unanswered.map(link => link.url))] : []
    links.push(...found.filter(link => !open.includes(link.url)))
  }
}

const broken = links.filter(link => link.state === 'BROKEN')
for (const link of broken.slice(0, 20)) console.error(`${link.status} ${link.url} on ${link.parent}: ${link.failureDetails}`)
assert.equal(broken.length, 0, `linkinator finds ${broken.length} broken links`)
assert.ok(pages > 300, `linkinator sees ${pages} pages only`)
console.log(`linkinator crawls ${pages} pages: none of ${links.length} links is broken`)

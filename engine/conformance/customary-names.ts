/**
 * Names that APIs of all kinds have for pages, records, moments and limits, in lower case and without separators. The last ones
 * are words a letter away from others of them.
 */
export const customaryNames: ReadonlySet<string> = new Set(
  `access after amount apikey authorization before bearer category categories comment comments company companies contact
  contacts content conversation conversations campaign campaigns channel channels deals departments devices documents
  employees forms folders jobs leads lists locations members messages notes notifications opportunities people
  permissions policies posts questions reports roles segments sessions settings sites teams templates tickets
  tags types vendors widgets workspaces attachments activities accounts answers articles assets audits boards calls
  content contenttype continuation continuationtoken count country created createdat createdate createdafter
  cursor customer customers data description direction email enddate entries entities errors event events expand fields
  filter firstname group groups hasmore hasnext hasnextpage invoice invoices items lastname limit links location
  maxresults message meta metadata modified modifiedsince next nextcursor nextlink nextpage nextpagetoken nexttoken
  nexturl number objects offset order orderby orders organization organizations owner page pageinfo pagenumber
  pagesize pagetoken pageindex pagecursor paging pagination parent payload payments perpage phone prev previous product
  products project projects query range ratelimitreset ratelimitremaining records response result results retryafter
  rows search secret since skip sort sortby sortorder start startdate startingafter startcursor status subscription
  subscriptions tasks teams token total totalcount totalpages transaction transactions type until updated updatedat
  updatedafter updatedsince user userid users value values version webhooks xapikey xratelimitreset
  xratelimitremaining xratelimitretryafter
  authorisation consent contest context contexts contract contracts county creates employers organisation organisations
  protect stat stats uses util`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/**
 * What housing and case systems write for the feeds' codes. Only codes that mean the same in every system we know of;
 * an agency's own go into its mapping (`codes`). Sources: tenancy types of the CORE social lettings log; person gender
 * code of the NHS Data Dictionary and ISO/IEC 5218 (1 male, 2 female, 9 not specified, 0 not known).
 */
const CODES: Record<string, string> = {
  sex: `female=f,woman,girl,2; male=m,man,boy,1; other=x,i,indeterminate,non-binary,nonbinary,intersex,non binary;
    unknown=u,0,9,nk,n/k,not known,not recorded,not stated,not specified,prefer not to say,ns`,
  tenure: `secure=sec,secure tenancy,secure tenant,s; introductory=int,intro,introductory tenancy,i;
    flexible=flex,flexible tenancy,flexible fixed term,f; assured=ass,assured tenancy,a;
    assured-shorthold=ast,assured shorthold,assured shorthold tenancy,sht; starter=sta,starter tenancy,probationary;
    licence=lic,licensee,license,non-secure licence; leasehold=lea,lease,lhd,leaseholder; non-secure=nsec,non secure,nonsecure,ns;
    demoted=dem,demoted tenancy`,
  tenantStatus: `main=m,main tenant,lead,lead tenant,primary,sole,sole tenant,tenant,current,current tenant,1,head of household,main applicant;
    joint=j,joint tenant,2,joint applicant; occupant=o,occ,occupier,household member,member,resident,dependant,dependent,lodger;
    former=f,fta,former tenant,past,previous,ended,terminated,vacated,ex tenant`,
  courtOutcome: `outright-possession=opo,outright,outright possession order,op; suspended-possession=spo,suspended,suspended possession order,suspended order;
    postponed-possession=ppo,postponed,postponed possession order; adjourned=adj,adjourned generally,adjourned on terms;
    money-judgment=mj,money judgement,money judgment order; struck-out=struck out,so; withdrawn=wd,w/d`,
  noticeServed: `nosp=notice of seeking possession,nsp,notice seeking possession; section-8=s8,section 8,sec 8,s.8;
    section-21=s21,section 21,sec 21,s.21; notice-to-quit=ntq,notice to quit; none=no notice`,
  'agreement.frequency': `weekly=w,week,per week; fortnightly=f,2 weekly,two weekly,fortnight; four-weekly=4 weekly,4w; monthly=m,month,calendar monthly,per month,cm`,
  'agreement.state': `live=l,active,current,open; breached=b,broken,failed,default,defaulted; completed=c,complete,paid,closed; cancelled=x,canceled`,
  definition: `personal=p,asb personal; nuisance=n,asb nuisance; environmental=e,env,asb environmental`,
  status: `open=o,live,active,new,in progress; monitoring=m,monitor,under review; closed=c,complete,completed,resolved`,
  'parties.#.role': `reporter=complainant,caller,informant,reporting person; subject=perpetrator,alleged perpetrator,accused,offender,suspect; victim=v; witness=w,third party witness`,
  lossReason: `domestic-abuse=domestic abuse,domestic violence,da,dv,domestic abuse - victim; end-of-private-rent=end of private rented tenancy - assured shorthold,end of ast,end of private tenancy;
    family-no-longer-willing=family no longer willing or able to accommodate,family no longer willing; eviction=evicted;
    non-violent-relationship-breakdown=relationship breakdown,relationship with partner ended (non-violent breakdown),non violent breakdown`,
  duty: `prevention=prevention duty,s195; relief=relief duty,s189b; main=main duty,s193,full duty; interim=interim duty,s188; none=no duty`,
  'temporaryAccommodation.kind': `bed-and-breakfast=b&b,bb,bed and breakfast,bed & breakfast; nightly-paid=nightly paid,nightly let; hostel=hst;
    private-leased=psl,private sector leased; council-stock=own stock,la stock,council stock`,
  role: `victim=v,survivor,client,service user,victim/survivor,adult victim; perpetrator=p,perp,abuser,alleged perpetrator; child=c,cyp,young person`,
  'relatedPeople.#.role': `victim=v,survivor; perpetrator=p,perp,abuser,alleged perpetrator; child=c,cyp; other=o,associate,family member`,
  'consent.status': `given=y,yes,true,1,consented,consent given,obtained; refused=n,no,false,0,declined,not given; withdrawn=w,consent withdrawn; not-asked=not asked,pending,not sought,not yet asked`,
  serviceType: `refuge=r,refuge resident,refuge accommodation; outreach=o,community outreach,floating support,community; idva=idva service; isva=isva service;
    helpline=h,phone support; perpetrator-programme=perpetrator programme,dvpp; children-service=children,cyp service,children and young people`,
  known: `yes=y,true,1,known; no=n,false,0,not known,unknown,nothing known`,
  'addresses.#.type': `current=c,main,home,present; previous=p,prev,former,past; forwarding=f,fwd; mailing=m,correspondence,postal,contact`,
};

const plain = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .replace(/\.$/, '');

const tables = new Map(
  Object.entries(CODES).map(([field, text]) => [
    field,
    new Map(
      text.split(';').flatMap((entry) => {
        const [value = '', words = ''] = entry.trim().split('=');
        return [value, value.replaceAll('-', ' '), ...words.split(',')].map((word) => [plain(word), value] as const);
      }),
    ),
  ]),
);

/** The feed's value for a code of an agency's system; text no table knows stays as it is (most coded fields take any). */
export function readCode(path: string, text: string): string {
  const general = path.replace(/\.\d{1,2}(?=\.|$)/g, '.#').replace(/^(?:.*\.)?(?:person|victim)\./, '');
  return tables.get(general)?.get(plain(text)) ?? text.trim();
}

/** Whether a table knows a code of this place. */
export function knowsCode(path: string, text: string): boolean {
  const general = path.replace(/\.\d{1,2}(?=\.|$)/g, '.#').replace(/^(?:.*\.)?(?:person|victim)\./, '');
  return tables.get(general)?.has(plain(text)) ?? false;
}

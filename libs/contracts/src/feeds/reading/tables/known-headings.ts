import type { FeedName } from '../../feed.js';

/**
 * What systems call the columns of their exports, in plain words (heading-words.ts writes abbreviations out): Civica Cx,
 * NEC and Northgate Housing (`par_per_surname`), MRI and Orchard, Capita, Aareon QL; Women's Aid's On Track and Oasis.
 * `place: heading, heading`; a heading stands in one place of a feed only, the first that names it.
 */
export const PERSON_HEADINGS = `
name: name, full name, tenant, tenant name, applicant, applicant name, client, client name, customer, customer name, account name, account holder, person name, service user, service user name, correspondence name, victim name, lead tenant, main tenant, main tenant name, name of tenant, tenant full name, occupant name, service user full name
surname: surname, last name, family name, second name, par per surname, tenant surname
forenames: forenames, forename, first name, first names, given name, given names, christian name, par per forename, forename 1, first forename, known name
aliases: other names, aliases, alias, also known as, previous names
title: title, salutation, par per title, name prefix
dateOfBirth: date of birth, birth date, born, par per date of birth, birthday
sex: sex, gender, par per frv fge code, gender code, gender identity
nhsNumber: nhs number, nhs
niNumber: ni number, national insurance number, national insurance, nino, par per ni number, ni
telephones.0: telephone, telephone number, home telephone, telephone 1, telephone number 1, contact telephone, contact number, main telephone, daytime telephone, telephone home, landline, phone, par phone
telephones.1: mobile, mobile telephone, mobile number, mobile telephone number, telephone mobile, telephone 2, telephone number 2, work telephone, telephone work, alternative telephone
telephones.2: telephone 3, telephone number 3
emails.0: email, email address, email 1, contact email, main email
emails.1: email 2, email address 2, alternative email
addresses.0: full address, whole address, property address, tenancy address, current address, home address, contact address, address full
addresses.0.lines.0: address 1, address line 1, address, house name or number and street, line 1, street address, property address 1, property address line 1
addresses.0.lines.1: address 2, address line 2, line 2, property address 2, property address line 2, locality
addresses.0.lines.2: address 3, address line 3, line 3, property address 3, property address line 3
addresses.0.lines.3: address 4, address line 4, line 4, property address 4, property address line 4
addresses.0.lines.4: address 5, address line 5, line 5, property address 5, property address line 5
addresses.0.town: town, city, town city, post town, town or city, address town
addresses.0.postcode: postcode, post code, zip, address postcode, property postcode, tenancy postcode
addresses.0.uprn: address uprn
addresses.0.from: address from, address from date, moved in, move in date, lived there since
addresses.0.confidential: address confidential, confidential address, confidential, refuge address
addresses.1: previous address, last address, last settled address, former address
addresses.1.lines.0: previous address 1, previous address line 1
addresses.1.lines.1: previous address 2, previous address line 2
addresses.1.town: previous town, previous address town
addresses.1.postcode: previous postcode, previous address postcode
addresses.1.from: previous from, previous address from
addresses.1.to: previous to, previous address to`;

const REF = `recordRef: record reference, reference, unique reference, record id, unique id, id, row id, system reference, person reference, party reference, client id, par reference, customer reference, applicant reference, ur number, urn, unique record number`;
const TENANCY = `tenancyRef: tenancy reference, tenancy, tenancy number, tenancy id, rent account, rent account number, rent account reference, account number, account reference, account, tenancy agreement reference, payment reference, tcy alternative reference, tcy reference, rac account number, rent reference, tenant reference, tenant number, tenancy code`;

export const FEED_HEADINGS: Record<FeedName, string> = {
  housing: `${REF}
${TENANCY}
propertyRef: property reference, property, property number, property code, property id, unit reference, asset reference, place reference, pro property reference, house reference, house number reference, uh property reference
uprn: uprn, property uprn, unique property reference number, llpg uprn
tenure: tenure, tenancy type, tenure type, tenancy type code, tenancy type description, type of tenancy, agreement type
tenantStatus: tenant status, tenant type, person type, tenant role, occupant status, relationship to tenancy, main or joint, person role, occupancy status
tenancyStart: tenancy start, tenancy start date, start date, tenancy commencement date, commencement date, date of tenancy, start of tenancy, tcy actual start date
tenancyEnd: tenancy end, tenancy end date, end date, termination date, tenancy termination date, end of tenancy, tcy actual end date
household: household, household members
repairs: repairs, repairs flagged
alerts: alerts
alerts.0.code: alert code, alert, warning code, caution code, caution flag, marker, alert type, warning
alerts.0.description: alert description, warning description, caution details, alert details, alert text`,
  arrears: `${REF}
${TENANCY}
balance: balance, current balance, rent balance, account balance, rent account balance, arrears balance, arrears, balance outstanding, total arrears, current arrears, gross arrears, outstanding balance, amount owed, arrears amount
collectableArrears: collectable arrears, net arrears, technical arrears net, true arrears, arrears net of housing benefit, collectible arrears, arrears net
weeklyRent: weekly rent, rent, weekly charge, net rent, gross rent, weekly gross rent, rent per week, total weekly charge, current rent, weekly debit
daysInArrears: days in arrears, number of days in arrears, arrears days, days arrears
daysSinceLastPayment: days since last payment, days since payment
noticeServed: notice served, notice type, nosp served, nosp, notice, latest notice
noticeServedDate: notice served date, date notice served, notice date, nosp date, nosp served date, date of notice
noticeExpiryDate: notice expiry date, notice expiry, nosp expiry date, notice expires, date notice expires
courtDate: court date, hearing date, court hearing date, date of hearing, next court date
courtOutcome: court outcome, court result, hearing outcome, court order, order type, court order type, court decision
evictionDate: eviction date, date of eviction, warrant date, bailiff date, eviction warrant date
universalCredit: universal credit, on universal credit, uc claimant, uc, uc flag, uc indicator, universal credit claimant, in receipt of universal credit
agreement.start: agreement start, agreement start date, arrangement start date, agreement date, arrangement date
agreement.balance: agreement balance, arrangement balance
agreement.amount: agreement amount, arrangement amount, instalment, instalment amount
agreement.frequency: agreement frequency, arrangement frequency, instalment frequency, payment frequency
agreement.state: agreement state, agreement status, arrangement status
lastContact.date: last contact date, date of last contact, last contact, last action date, date of last action
lastContact.action: last contact action, last action, last arrears action, last action code, last action description, arrears stage, latest action, current stage`,
  asb: `${REF}
caseRef: case reference, case, case number, asb case reference, case id, asb reference, incident reference, asb case number
reportedAt: reported at, date reported, reported date, report date, date received, case opened, opened date, date opened, case open date, received date, date logged
incidents.0.at: incident date, date of incident, incident date and time
incidents.0.location: incident location, location, location of incident, incident address
incidents.0.uprn: incident uprn
incidents.0.types.0.type: incident type, asb type, case type, type, nuisance type, type of asb, category of asb
incidents.0.types.0.category: incident category, category, asb category
definition: definition, asb definition
riskScore: risk score, ram score, risk assessment score, risk matrix score, vulnerability score
status: status, case status
actions: actions, actions taken, action taken
closedAt: closed at, date closed, closed date, case closed, case closed date, closure date
outcome: outcome, case outcome, closure reason, resolution`,
  homelessness: `${REF}
caseRef: case reference, case, case number, case id, application number, application reference, application id, homeless case reference, hclic reference
applicationDate: application date, date of application, approach date, date of approach, assessment date, date presented, presentation date
lossReason: loss reason, reason for loss, reason for loss of last settled home, reason for homelessness, main reason for homelessness, cause of homelessness, homelessness reason, main reason for loss of settled home
supportNeeds: support needs, support need, support needs list
priorityNeed: priority need, priority need reason, priority need category
duty: duty, duty type, current duty, duty owed, stage, duty accepted
dutyStart: duty start, duty start date, date duty accepted, duty accepted date
dutyEnd: duty end, duty end date, date duty ended, duty ended date, date duty discharged
outcome: outcome, outcome of duty, reason duty ended, case outcome, discharge reason
temporaryAccommodation.kind: temporary accommodation type, ta type, temporary accommodation, type of temporary accommodation
temporaryAccommodation.area: temporary accommodation area, ta area`,
  'dv-service': `${REF}
clientRef: client reference, client number, on track id, oasis id, case number, case reference, client code, service user id, on track client id, service user reference
role: role, client type, client role, type of client, person type
language: language, first language, preferred language, main language
safeContact.safe: safe to contact, safe contact, safe to call, safe to ring, is it safe to contact
safeContact.number: safe number, safe telephone, safe contact number, safe telephone number
safeContact.times: safe times, safe time to call, safe times to contact, best time to call, safe contact times
safeContact.messageOk: message ok, safe to leave message, ok to leave message, ok to leave a message, safe to leave voicemail, safe to text
safeContact.notSafeToTalkTo: not safe to talk to
area: area, district, local authority, local authority area, borough, home district
pregnant: pregnant, is pregnant, pregnancy, currently pregnant
dashScore: dash score, dash, dash ric score, ric score, risk score, dash risk score, ric
consent.status: consent, consent status, consent given, consent to share, consent to share information, consent to information sharing
consent.scope: consent scope, consent purposes
consent.at: consent at, consent date, date of consent, date consent given
serviceType: service type, service, type of service, support type, service name, type of support
opened: opened, start date, support start date, case start date, date opened, case opened date, service start date, referral accepted date
closed: closed, end date, support end date, case end date, date closed, exit date, case closed date, service end date
relatedPeople: related people
children: children
orders: orders, civil orders, protective orders
relatedPeople.0.person.name: perpetrator, perpetrator name, abuser name, alleged perpetrator, alleged perpetrator name
relatedPeople.0.person.surname: perpetrator surname, perpetrator last name, alleged perpetrator surname
relatedPeople.0.person.forenames: perpetrator forename, perpetrator first name, perpetrator forenames, alleged perpetrator forename
relatedPeople.0.person.dateOfBirth: perpetrator date of birth, alleged perpetrator date of birth
relatedPeople.0.relationship: perpetrator relationship, relationship to perpetrator, relationship to victim
children.0.person.name: child 1 name, child name
children.0.person.dateOfBirth: child 1 date of birth, child date of birth
children.1.person.name: child 2 name
children.1.person.dateOfBirth: child 2 date of birth
children.2.person.name: child 3 name
children.2.person.dateOfBirth: child 3 date of birth
children.3.person.name: child 4 name
children.3.person.dateOfBirth: child 4 date of birth`,
  'marac-referral': `${REF}, referral reference, marac reference, case number, case reference, marac case number
referrer.name: referrer, referrer name, referred by, name of referrer, referring officer
referrer.agency: referrer agency, referring agency, agency, referral agency
referrer.role: referrer role, referrer job title
referrer.telephone: referrer telephone, referrer telephone number
referrer.email: referrer email, referrer email address
referredAt: referred at, referral date, date of referral, date referred
safeContact.safe: safe to contact, safe contact, safe to call, is it safe to contact
safeContact.number: safe number, safe telephone, safe contact number
safeContact.times: safe times, safe contact times, best time to call
safeContact.messageOk: message ok, safe to leave message, ok to leave message
safeContact.notSafeToTalkTo: not safe to talk to
criteria.dashScore: dash score, dash, ric score, number of ticks, dash ric score, number of yes ticks, dash ticks
criteria.visibleHighRisk: visible high risk, high risk
criteria.professionalJudgement: professional judgement, professional judgment
criteria.potentialEscalation: potential escalation, escalation
criteria.repeat: repeat, repeat case, repeat referral, is this a repeat, marac repeat
victimAware: victim aware, is victim aware of referral, victim aware of referral, victim informed
consent: consent
consent.status: consent status, consent given, victim consent, has victim consented
consent.scope: consent scope
consent.at: consent at, consent date
reason: reason, reason for referral, referral reason, reasons for referral
afraidOf: afraid of, who is the victim afraid of, who is victim afraid of
previousMarac: previous marac
previousMarac.date: previous marac date, date of previous marac
perpetrators: perpetrators
children: children
perpetrators.0.person.name: perpetrator, perpetrator name, alleged perpetrator, alleged perpetrator name
perpetrators.0.person.surname: perpetrator surname, perpetrator last name
perpetrators.0.person.forenames: perpetrator forename, perpetrator first name, perpetrator forenames
perpetrators.0.person.dateOfBirth: perpetrator date of birth
perpetrators.0.person.addresses.0: perpetrator address
perpetrators.0.relationship: perpetrator relationship, relationship to victim, relationship to perpetrator
children.0.person.name: child 1 name, child name
children.0.person.dateOfBirth: child 1 date of birth, child date of birth
children.0.school: child 1 school, child school, school
children.1.person.name: child 2 name
children.1.person.dateOfBirth: child 2 date of birth
children.2.person.name: child 3 name
children.2.person.dateOfBirth: child 3 date of birth`,
  'agency-history': `${REF}
requestRef: request reference, request, request id, request number
known: known, known to agency, is known, known to service
events: events
recordsSecured: records secured
imrNeeded: imr needed, imr required
lastContact: last contact, last contact date, date of last contact`,
};

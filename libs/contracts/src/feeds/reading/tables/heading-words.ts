/** Words of a heading written out: "NI No" → "ni number", "CUR_BAL" → "current balance", "Prop Ref" → "property reference". */
const WORDS: Record<string, string> = Object.fromEntries(
  `no=number num=number nbr=number nr=number ref=reference refno=reference refnum=reference referenceno=reference
  dt=date dte=date addr=address add=address ad=address adr=address tel=telephone telno=telephone ph=telephone phone=telephone
  mob=mobile pcode=postcode pc=postcode postcd=postcode dob=date_of_birth birthdate=birth_date curr=current cur=current
  bal=balance amt=amount prop=property ten=tenancy tncy=tenancy tcy=tcy acc=account acct=account accno=account_number
  desc=description descr=description fname=first_name firstname=first_name forname=forename lname=last_name lastname=last_name
  sname=surname surnm=surname nino=nino ninumber=ni_number nhsno=nhs_number natins=national_insurance sts=status stat=status
  ind=indicator typ=type cd=code commence=commencement e_mail=email mail=email emailaddress=email_address mobileno=mobile_number
  dateofbirth=date_of_birth postal=post zipcode=postcode arrs=arrears wkly=weekly wk=weekly propref=property_reference
  tenref=tenancy_reference tenancyref=tenancy_reference proprefno=property_reference dobirth=date_of_birth perp=perpetrator
  rac=rac pymt=payment pmt=payment pay=payment alt=alternative judgment=judgement phoneno=telephone_number`
    .split(/\s+/)
    .map((pair) => pair.split('=') as [string, string])
    .map(([from, to]) => [from, to.replaceAll('_', ' ')]),
);

/** A heading in plain words, abbreviations written out. `tenantDOB`, `TENANT_DOB`, "Tenant D.O.B." are one. */
export function headingWords(heading: string): string {
  return heading
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/\bD\.?O\.?B\b\.?/gi, ' dob ')
    .replace(/\bN\.?I\.?(?=\b|\s)(?!\w)/g, ' ni ')
    .replace(/\be[-\s]?mail\b/gi, ' email ')
    .replace(/['’]s\b/g, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]{2,})([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .split(' ')
    .map((word) => (Object.hasOwn(WORDS, word) ? WORDS[word]! : word))
    .join(' ');
}

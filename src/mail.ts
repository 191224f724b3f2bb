/** The one door to nodemailer, which talks to mail servers. */
export {createTransport} from 'nodemailer'

// Stand-in for the widget's loader: it opens the widget page in a frame.
window.chatwootSDK = {
  run({websiteToken, baseUrl}) {
    const frame = document.createElement('iframe')
    frame.src = `${baseUrl}/widget?website_token=${encodeURIComponent(websiteToken)}`
    frame.id = 'chatwoot_live_chat_widget'
    document.body.append(frame)
  },
}

document.documentElement.dataset.standIn = 'dashboard'
